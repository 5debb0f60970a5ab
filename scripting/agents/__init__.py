"""The agents: each turns what is known into one more part of the script, one file per agent."""
