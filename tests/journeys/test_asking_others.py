"""The journey of a complaint with a lawyer in it: legal is asked by itself, answers by link, and then we answer."""

import json

from tests.journeys.desk_in_a_folder import NOW, Shell

LETTER = "Dear shop,\nthe kettle caught fire. If I do not hear from you, my lawyer takes you to court.\nAnna Lind"
LATER = "2026-03-03T09:00Z"
ANSWER = "You are right: the switch was faulty. We are sorry, and you get 40 pounds back by 9 March, as you asked us."


def received(desk: Shell, channel: str = "letter") -> str:
    """Receive the letter and return its reference."""
    (desk.folder / "letter.txt").write_text(LETTER)
    told = desk.works("receive", "letter.txt", "--channel", channel, "--now", NOW, "--json").json
    desk.works("work", "--until-idle", "--now", NOW)
    return str(told[0]["reference"])


def act(desk: Shell, reference: str, *words: str, by: str = "irina", now: str = LATER) -> str:
    """Do something with the case; return what was said."""
    said = desk("cases", "act", reference, *words, "--by", by, "--now", now)
    return said.out + said.err


def test_legal_answers_by_link(desk: Shell) -> None:
    """Legal never opens the case: the link shows one question, takes one answer, and opens nothing afterwards."""
    reference = received(desk)
    listed = desk.works("tasks", "list", "--who", "legal", "--json", "--now", NOW).json
    assert [("task-1", "opinion", "legal", False)] == [
        (one["task"], one["kind"], one["rule"], one["late"]) for one in listed
    ]
    notices = [path.read_text() for path in (desk.folder / "outgoing").iterdir()]
    (notice,) = [text for text in notices if text.startswith("To: legal")]
    assert "Anna" not in notice
    token = next(line for line in notice.splitlines() if line.startswith("complaintkit tasks answer")).split()[-1]
    assert token == desk.works("tasks", "link", reference, "task-1", "--json").json["token"]

    shown = desk.works("tasks", "show", token)
    assert "what the risk is" in shown.out
    assert "the kettle caught fire" in shown.out

    act(desk, reference, "assess", "--category", "product-quality")
    act(
        desk,
        reference,
        "propose",
        "--outcome",
        "upheld",
        "--remedy",
        "apology",
        "--text",
        ANSWER,
        "--finding",
        "looked",
    )
    refused = act(desk, reference, "respond")
    assert "task-1 (opinion of legal) is open" in refused
    assert "legal answers it, or says it is not needed" in refused

    said = desk.works("tasks", "answer", token, "--name", "Vera Cruz", "--text", "Settle.", "--now", LATER)
    assert f"{reference}: task-1 is answered" in said.out
    assert 1 == desk("tasks", "answer", token, "--name", "Vera Cruz", "--text", "Wait!", "--now", LATER).code
    assert [] == desk.works("tasks", "list", "--json", "--now", LATER).json
    case = desk.works("cases", "show", reference, "--json").json
    (task,) = case["handling"]["tasks"]
    assert ("done", "Vera Cruz", True, "Settle.") == (task["state"], task["answered_by"], task["guest"], task["answer"])
    assert "task-1" not in act(desk, reference, "respond")
    assert "Everything is as it was written" in desk.works("verify").out


def test_a_late_department_is_listed_and_reminded(desk: Shell) -> None:
    """A task past its date stands among the overdue ones, of the department and of nobody else."""
    reference = received(desk)
    asked = act(desk, reference, "add_task", "--who", "quality", "--kind", "check", "--text", "Which switch was it?")
    assert "add task done" in asked
    later = "2026-03-09T09:00Z"
    desk.works("work", "--until-idle", "--now", later)
    overdue = desk.works("tasks", "list", "--who", "quality", "--overdue", "--json", "--now", later).json
    assert [("task-2", True)] == [(one["task"], one["late"]) for one in overdue]
    assert "late" in desk.works("tasks", "list", "--now", later).out
    due = desk.works("duties", "--who", "quality", "--json", "--now", later).json
    assert ["task-2"] == [one["clock"]["name"] for one in due]
    mine = desk.works("duties", "--who", "desk", "--kind", "final_response", "--now", later).out
    assert reference in mine
    assert "None." in desk.works("duties", "--who", "nobody").err
    reminded = [path.read_text() for path in (desk.folder / "outgoing").iterdir()]
    assert any("is still missing" in text and "Which switch was it?" in text for text in reminded)


def test_the_guide_leads_through_a_call(desk: Shell) -> None:
    """The guide of a telephone complaint is worked through: questions, answers on file, tension, what is missing."""
    form = {"text": "My parcel never came.", "name": "Anna", "phone": "+44 1632 960000"}
    (desk.folder / "call.json").write_text(json.dumps(form))
    told = desk.works("receive", "call.json", "--channel", "phone", "--now", NOW, "--json").json
    reference = told[0]["reference"]
    out = desk.works("guide", reference, "--now", NOW).out
    assert "acceptance 30 of 100, tension 0 (calm)" in out
    assert "wanted      What would put it right for them?" in out
    assert "[!] telephone.restate" in out
    act(desk, reference, "tick", "--item", "telephone.greet", now=NOW)
    act(desk, reference, "tick", "--item", "acceptance.wanted", "--text", "the parcel, or her money", now=NOW)
    act(desk, reference, "flag_tension", "--level", "2", "--text", "called us thieves", now=NOW)
    guide = desk.works("guide", reference, "--json", "--now", NOW).json
    assert ("deescalation", 2, 45) == (
        guide["sections"][0]["guide"], guide["tension"], guide["completeness"]["score"],
    )  # fmt: skip
    items = {one["item"]: one for section in guide["sections"] for one in section["advice"]}
    assert "the parcel, or her money" == items["acceptance.wanted"]["answer"]
    assert "telephone.greet" not in desk.works("guide", reference, "--open", "--now", NOW).out
    russian = desk.works("guide", reference, "--language", "ru", "--now", NOW).out
    assert "По телефону" in russian
    assert "Thank you for calling" in russian


def test_a_text_is_looked_over_before_it_goes_out(desk: Shell) -> None:
    """A good text passes, a bad one gets its remarks and the exit code for findings; the same words are refused."""
    reference = received(desk)
    (desk.folder / "good.txt").write_text(ANSWER + " The lawyer can rest: it does not go to court.")
    assert "Nothing to remark." in desk.works("guide", reference, "--check", "good.txt").err
    bad = "Dear {name}, you should have read the leaflet. We answer as soon as possible."
    (desk.folder / "bad.txt").write_text(bad)
    looked = desk("guide", reference, "--check", "bad.txt", "--as", "reply")
    assert 3 == looked.code
    assert ["refused", "warning", "warning"] == [line.split()[0] for line in looked.out.splitlines()]
    assert 3 == desk("guide", reference, "--check", "bad.txt", "--json").code
    assert "{name} is not filled in" in act(desk, reference, "reply", "--text", bad)
