"""Starts a plan, keeps its state in a file, asks which actions are allowed, and takes some.

    python3 client.py POLICYCHECK STATE_FILE
"""
import json
import subprocess
import sys

program = subprocess.Popen([sys.argv[1], "ask"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
facts = {"child": {"born": "2014-05-20", "consentToShare": True, "lookedAfter": [{"from": "2026-01-05"}]}}


def ask(question, **given):
    print(json.dumps({"ask": question, "given": {"facts": facts, **given}}), file=program.stdin, flush=True)
    answer = json.loads(program.stdout.readline())
    if "refused" in answer or "invalid" in answer:
        sys.exit(answer["message"])
    return answer


def look(by):
    seen = ask("plan.look", plan=json.load(open(sys.argv[2])), at="2026-01-14T09:30:00Z", by=by)
    print(f"{by} may: {', '.join(verb for verb, action in sorted(seen['actions'].items()) if action['allowed'])}")
    return seen


def step(plan, by, do, given):
    taken = ask("plan.step", plan=plan, step={"at": "2026-01-14T09:30:00Z", "by": by, "do": do, "with": given})
    json.dump(taken["plan"], open(sys.argv[2], "w"))
    print(f"{do}: the plan is {taken['stage']}, due {taken['final']['due'] or '-'}")
    return taken["plan"]


state = step(None, "social_worker", "start_initial", {"meeting": "2026-01-28"})
blank = look("social_worker")["blank"]
for section in ("1", "2"):
    answers = {question: "Answered" for question in blank[section]}
    state = step(state, "social_worker", "answer", {"section": int(section), "answers": answers})
step(state, "social_worker", "delegate", {"sections": "all"})
look("designated_teacher")
