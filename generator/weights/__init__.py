"""Public weights: read warily, put under our names, and told about without loading them.

    public files ──reading──▶ tensors ──recipes──▶ our names ──convert──▶ a pipeline's folder
    any file or folder ──inspect──▶ what it is, what fits, what is missing

reading     safetensors and pickles of tensors as memory maps; a pickle that holds anything else is refused
recipes     which files make which part, and what their tensors are called there
files       finds a part's files in a folder or in the model store
convert     writes the folder part by part; an interrupted conversion goes on
progressed  which parts of a folder are written
inspect     counts, shapes, hashes, licences
"""
