/**
 * The reward for GRPO, as a Python module beside the data: runs the tests of each row on each answer
 * through `flywheel verify`, so that answers run in the same sandbox as here.
 */
export const rewardModule = `"""Rewards for GRPO: 1.0 where a program passes all tests of its row, else 0.0; None where it could not
be judged, which TRL leaves out. Programs run in the sandbox of Code Flywheel, never in this process.
Set FLYWHEEL_COMMAND where \`npx flywheel\` is not the command."""

import json
import os
import re
import shlex
import subprocess
import tempfile


def tests_pass(completions, tests, support, entry_point, timeout_seconds, language, **_):
    """TRL reward function: columns of the row come as lists, one item for each completion."""
    programs = [program_in(_text(completion)) for completion in completions]
    rows = list(zip(programs, tests, support, entry_point, timeout_seconds, language))
    return judge(rows)


def compute_score(data_source, solution_str, ground_truth, extra_info=None):
    """verl reward function: ground_truth is the JSON that stands in the row."""
    row = json.loads(ground_truth)
    score = judge([(program_in(solution_str), row["tests"], row["support"], row["entry_point"],
                    row["timeout_seconds"], row["language"])])[0]
    return 0.0 if score is None else score


def score(response, label, extra_info=None):
    """XTuner reward handler: label is the ground_truth of the row."""
    return {"score": compute_score("code_flywheel", response, label)}


def program_in(text):
    """The last fenced block of an answer; the whole text where there is none."""
    blocks = re.findall(r"(\`{3,})[\\w+-]*\\n(.*?)\\n?\\1", text, re.S)
    return blocks[-1][1] + "\\n" if blocks else text


def judge(rows):
    with tempfile.TemporaryDirectory() as folder:
        tasks, samples, results = (os.path.join(folder, name) for name in ("t.jsonl", "s.jsonl", "r.jsonl"))
        with open(tasks, "w", encoding="utf-8") as t, open(samples, "w", encoding="utf-8") as s:
            for number, (program, tests, support, entry_point, seconds, language) in enumerate(rows):
                name = "row-%d" % number
                checks = [dict(test, id="h%d" % place, role="hidden")
                          for place, test in enumerate(json.loads(tests))]
                t.write(json.dumps({"id": name, "language": language, "prompt": name, "entryPoint": entry_point,
                                    "support": support, "tests": checks,
                                    "limits": {"timeoutMs": int(seconds * 1000), "memoryMb": 512}}) + "\\n")
                s.write(json.dumps({"task_id": name, "solution": program}) + "\\n")
        command = shlex.split(os.environ.get("FLYWHEEL_COMMAND", "npx flywheel"))
        subprocess.run(command + ["verify", "--tasks", tasks, "--samples", samples, "--out", results,
                                  "--journal", os.path.join(folder, "j.db"), "--quiet"],
                       check=True, stdout=subprocess.DEVNULL)
        with open(results, encoding="utf-8") as lines:
            return [_score(json.loads(line)) for line in lines]


def _score(result):
    if result["status"] in ("infrastructure", "cancelled"):
        return None
    return 1.0 if result["passed"] else 0.0


def _text(completion):
    return completion if isinstance(completion, str) else completion[-1]["content"]
`;
