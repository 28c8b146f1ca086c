"""English: names, numbers and the frame around what happened."""

from datetime import date

from complaintkit.demo.phrases.english_goods import GOODS
from complaintkit.demo.phrases.english_service import SERVICE
from complaintkit.demo.phrases.parts import Voice, families, givens, lines, moods, products, topics

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


ENGLISH = Voice(
    language="en",
    given=givens("""
        m Adam Arthur Daniel Edward George Harold Imran Jack Kofi Leonard Marcus Nathan Oliver Patrick Samuel Thomas
        f Alice Beatrice Diana Eleanor Fatima Grace Hannah Isla Joan Keziah Lucy Margaret Nadia Olivia Priya Ruth Tessa
    """),
    family=families("""
        Abernethy Ashdown Barlow Bramwell Chowdhury Crossley Dunmore Ellery Fairbairn Garside Hartnell Iqbal Jessop
        Kettering Lockwood Merriman Nettleton Okafor Pemberton Quayle Radcliffe Sallow Thackeray Umney Verity Whitlock
        Yardley Osei Penhale Mistry
    """),
    products=products("""
        electric kettle | the kettle | a kettle
        electric vacuum cleaner | the vacuum cleaner | a vacuum cleaner
        electric fan heater | the fan heater | a fan heater
        electric blender | the blender | a blender
        electric floor lamp | the floor lamp | a floor lamp
        fragile wall mirror | the wall mirror | a wall mirror
        fragile glass vase | the glass vase | a glass vase
        fragile dinner set | the dinner set | a dinner set
        furniture bookcase | the bookcase | a bookcase
        furniture coffee table | the coffee table | a coffee table
        furniture chest of drawers | the chest of drawers | a chest of drawers
        furniture shoe cabinet | the shoe cabinet | a shoe cabinet
        textile duvet set | the duvet set | a duvet set
        textile wool rug | the wool rug | a wool rug
        textile curtain | the curtain | a curtain
    """),
    topics=topics(GOODS) + topics(SERVICE),
    days=lambda number: f"{number} days",
    weeks=lambda number: f"{number} weeks",
    times=lambda number: f"{number} times",
    minutes=lambda number: f"{number} minutes",
    day=_day,
    money=lambda pence: f"£{pence // 100}.{pence % 100:02}",
    greetings=lines("""
        Dear Larkenfield team,
        Hello,
        Good morning,
        To whom it may concern,
        Dear Sir or Madam,
    """),
    openings=lines("""
        I am writing about order {order}.
        I wish to complain, and I will keep it short.
        This is not a message I like to write.
        Something has gone wrong with my order of {date}, and I hope you can put it right.
        I have been a customer of yours for several years and this is my first complaint.
        Please pass this on to somebody who can decide.
    """),
    closings=lines("""
        Regards,
        Kind regards,
        Yours sincerely,
        With best wishes,
        Thank you for looking into it,
    """),
    letter_heads=lines("""
        To Larkenfield, Customer Relations. Complaint about order {order} of {date}.
        Larkenfield, Head Office. Re: order {order}, formal complaint.
        For the attention of the manager in charge. Complaint, my order {order}.
    """),
    letter_openings=lines("""
        Dear Sir or Madam, I am writing to make a formal complaint.
        Dear Sir or Madam, I refer to the above order and regret that I have to complain.
        Dear Madam or Sir, since other ways have led nowhere, I turn to you by letter.
    """),
    letter_demands=lines("""
        I ask for your answer in writing within fourteen days.
        Please confirm receipt of this letter and let me know who is dealing with it.
        Should I not hear from you by the end of the month, I shall turn to the ombudsman.
    """),
    letter_closings=lines("""
        Yours faithfully,
        Yours sincerely,
    """),
    note_heads=lines("""
        Telephone call from {name}.
        {name} rang.
        Call taken for {name}, verified by order number {order}.
        Incoming call, {name}.
    """),
    note_ends=lines("""
        Best reached in the evening.
        Asked to be rung back after five.
        Told the caller that the complaint is on file.
        Number checked.
        No e-mail, please write or ring.
    """),
    moods=moods("""
        calm | I am sure there is an explanation, and I would be glad to hear it.
        calm | I do not want to make a fuss, I only want it put right.
        calm | Up to now I have always been content with you.
        calm | I know that things can go wrong; what counts is what happens next.
        annoyed | I find this quite tiresome.
        annoyed | I expected better, and I think I may.
        annoyed | This has cost me a good deal of time already.
        annoyed | I am losing patience.
        furious | This is a disgrace, and I shall tell everyone who asks.
        furious | I have had ENOUGH of this.
        furious | If this is not settled this week, my solicitor will write the next letter.
        furious | You have lost a customer, and probably a whole street of them.
    """),
    noted_moods=moods("""
        calm | Friendly and clear.
        calm | Caller stayed calm throughout.
        annoyed | Caller is annoyed and says so.
        annoyed | Sounded tired of the matter.
        furious | Caller very angry, raised {his|her} voice.
        furious | Wants to speak to a manager at once.
    """),
    posted_moods=moods("""
        calm | Could you have a look, please?
        calm | @larkenfield a word would be nice.
        annoyed | @larkenfield not good enough.
        annoyed | Well, @larkenfield?
        furious | @larkenfield NEVER AGAIN.
        furious | Stay away from @larkenfield, people!
    """),
    wishes=moods("""
        send | Please tell me by return when it will be here, and let that day be the right one.
        send | Either bring it this week or take it off my account.
        send | I want to know where it is, and I want it sent to me.
        replace | Please send a new one and collect this one.
        replace | I would like it exchanged, without having to pay for the way back.
        replace | Either a sound one or a lower price, I leave that to you.
        money | Please put the sum right and confirm it in writing.
        money | I expect the full amount on my account within a week.
        money | Kindly correct it, and tell me when it has been done.
        apology | I expect an apology, and I want to know what you will do about it.
        apology | Please speak to the person concerned and let me know the result.
        answer | Please name one person who will see this through.
        answer | All I ask for is an answer from somebody who has read my message.
        fix | Please mend it and tell me when I can try again.
        fix | Let me know how I can order in the meantime.
        data | Please stop it, and tell me in writing what was passed on and to whom.
        data | I want this put right today and confirmed by the person in charge of data.
        cancel | Please confirm in writing that it has ended, with the date.
        cancel | I regard the matter as cancelled and ask you to confirm it.
        recall | Please take it off sale until somebody has looked at it, and tell me where to send mine.
        recall | I expect a call today from somebody who understands what this means.
    """),
    noted_wishes={
        "send": "Wants a firm day for the delivery.",
        "replace": "Wants a replacement and collection of the old one.",
        "money": "Wants the sum corrected and a confirmation.",
        "apology": "Expects an apology.",
        "answer": "Wants one person to talk to.",
        "fix": "Wants to be told when it is mended.",
        "data": "Wants a written answer from the data protection officer.",
        "cancel": "Wants written confirmation that it has ended.",
        "recall": "Wants a call back today; asks for other buyers to be warned.",
    },
    again=lines("""
        I wrote to you about this on {earlier} and nothing has changed.
        This is not the first time I complain about it: my last message was of {earlier}.
        You promised on {earlier} to take care of this. Here I am again.
    """),
    noted_again=lines("""
        Second contact about this, first one on {earlier}.
        Has complained about the same before ({earlier}).
    """),
    posted_again=lines("""
        Still the same as on {earlier}:
        Told you on {earlier}, telling you again:
    """),
    quoted="{name} rang again and says: “{words}”",
    adds=lines("""
        I may not have given you the number: it is order {order}. I hope that helps.
        One more thing: I am best reached in the evening, after six.
        Here is what you may need as well: order {order} is of {date}.
        I have found the confirmation now, it is dated {date}.
    """),
    asks=lines("""
        Is there any news? I have not heard from you since I wrote.
        May I ask how far you are with this?
        I would like to know when I can count on an answer.
    """),
    disagrees=lines("""
        Thank you for your answer, but it does not deal with what I wrote. Please look at it again.
        I do not agree with your decision. You have left out the main point.
        That cannot be all. I had asked for something else and I stand by it.
    """),
    thanks=lines("""
        That has settled it. Thank you for taking the trouble.
        It is all in order now, thank you.
        Thank you, I did not expect it to go so quickly in the end.
    """),
    withdraws=lines("""
        You can forget my complaint, it has settled itself in the meantime.
        Please close this, I have found the answer myself.
        I take my complaint back. The mistake was on my side.
    """),
)
