"""What the shop's people write in English, laid out for `answers`: reply, question, upheld, (x) not upheld."""

ANSWERS = """\
== delivery-late
r: Thank you for telling us. I have asked the carrier where your order is and will write to you as soon as I know.
q: On which days of the next week is somebody at home to take the delivery?
u: The delivery came later than we had promised. We return the delivery charge to you and have fixed a new day with
   the carrier.
x: The order came on the day named in the last message, which we had agreed with you by telephone.
== delivery-damaged
r: Thank you for your message. Please keep the box; I am finding out how it was packed and handed over.
q: Could you send me a photograph of the damage and one of the box?
u: It was not packed well enough for the way it had to travel. A new one is on its way, and we collect the old one.
x: The damage you describe was not there when it was handed over and signed for, as the photograph of the driver
   shows.
== delivery-lost
r: I have asked the carrier for the proof of delivery and started a search.
q: Could you look at the enclosed signature and tell me whether you know it?
u: The parcel was not handed to you. We send the goods once more, at no charge.
x: The parcel was taken in by a member of your household, who has confirmed it to us.
== refund
r: I have your return in front of me and am asking our accounts where the money is.
q: To which account shall the money go? The one you paid from has been closed, says the bank.
u: Your return lay in our warehouse without being booked. The whole amount has been sent to your account today.
x: The return reached us after the end of the time limit, so we can take it back, but not at the full price.
== billing
r: Thank you. I am comparing your invoice with the order and will tell you what I find.
q: Could you send me the line of your bank statement that shows the payment?
u: The invoice was wrong. You get a new one, and what was taken too much goes back to you.
x: The amount is right: it holds the delivery to the second address, which was chosen with the order.
== product-quality
r: I have passed your description on to the people who know the product and will come back to you.
q: Which number is on the label at the bottom?
u: It should have lasted much longer. You may choose between a new one and your money.
x: The wear you describe comes from use outside the instructions, which the guarantee does not cover.
== product-missing
r: I am having the weight of your parcel and the packing list checked.
q: Which of the things on the packing list are not there?
u: A part was left out when it was packed. It goes out to you today.
x: The missing part travels in a second parcel, as the confirmation says; it reached you yesterday.
== staff-conduct
r: Thank you for telling us openly. I shall talk to the people who were there before I answer you.
q: At about what time was it, and was anybody with you?
u: What was said to you has no place with us. We have talked to the person concerned and apologise to you.
x: We have heard both sides and cannot clear up what was said. We have reminded everybody what we expect.
== service-reachability
r: You have reached a person now, and I keep your case until it is settled.
q: At what time may I ring you?
u: We had too few people at the telephone. From Monday there are more, and you have my name for this case.
x: Your messages were answered on the days you name; they went to an address that is no longer in use.
== website
r: I have given your description to our developers, who are trying it out.
q: Which browser, or which telephone, do you use?
u: It was a fault of ours, and it has been mended. The order can be placed now.
x: The message comes from your bank, which did not approve the payment; we cannot change that from here.
== privacy
r: I have passed this to our data protection officer at once and stopped all advertising to you.
q: Could you send me the picture of the screen, with the other person's data covered?
u: This must not happen. We have closed the gap, told the other person and entered it in our register.
x: The message was not advertising but the confirmation of your order, which the law requires.
== contract
r: I am looking up what was agreed and when.
q: Could you send me the confirmation that you got from us?
u: The contract is ended as of the day of your first message, and what was paid since goes back to you.
x: The notice reached us after the term had begun. It takes effect at the end of this term.
== safety
r: Please do not use it any more. We are having it collected today and looked into at once.
q: Was anybody hurt, and has a doctor been seen?
u: We have stopped selling it, are warning everybody who bought it, and return the full price to you.
x: The laboratory found no fault in it. It had been connected to a socket that was not in order.
== any
lu: You are right, and we apologise.
lp: In part you are right, and for that part we apologise.
lx: We have looked into it with care and come to a different view.
more: Thank you, that helps. I have put it with your complaint.
standing: I am still at work on it, and I have asked again today. You will have an answer from me.
note: Spoke to the warehouse, they look it up by tomorrow.
note: Waiting for the colleague who was on duty.
note: Same thing as last week; told the team leader.
"""
