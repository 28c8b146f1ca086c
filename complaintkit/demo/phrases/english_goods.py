"""What complainants write in English about deliveries and goods, laid out for `parts.topics`."""

GOODS = """\
== delivery-late / send
s: Order {order} still not here
s: Where is my delivery?
s: Delivery promised for {promised}
s: Late again: {order}
d: I stayed at home the whole day for it, and nobody so much as rang.
d: The tracking page has shown the same line for {days}.
d: The {product} was meant as a present and the birthday has come and gone.
d: On the confirmation it said {promised}, in bold letters.
-- carrier-change
t: My order {order} was due on {promised}. Since you changed to Swiftmile as your carrier it has been moved to another
   day {times}, and nothing has arrived.
t: I have had parcels from you for years without any trouble. Now that Swiftmile brings them, the {product} from order
   {order} is {days} late and the driver simply did not turn up.
t: Swiftmile, your new courier, announced order {order} for {promised}, then put it off, then put it off again. That
   makes a delay of {days} so far.
n: Order {order} was due on {promised}; the new carrier Swiftmile has moved the delivery {times}. Still nothing.
n: Has waited {days} for the {product}. Says deliveries have been late ever since Swiftmile took over.
p: {days} late and counting. Whoever had the idea to let Swiftmile deliver for you? {order}
p: New carrier, new excuses: my {product} has been 'out for delivery' with Swiftmile for {days}.
-- stock-shortage
t: On {date} I ordered {a_product} (order {order}) that your shop called available at once. Afterwards I was told that
   it is not in stock, and the delivery date has slipped by {weeks}.
t: I am still waiting for order {order}. It was paid for on {date}, and now I hear that the {product} has to be made
   first.
t: The {product} was to come within five working days. It has not arrived after {weeks}, apparently because you sold
   more of them than you had.
n: Ordered {a_product} on {date} ({order}), shown as in stock. Delivery put off by {weeks} for lack of stock.
p: If a thing is not in stock, do not sell it as 'ready to ship'. {weeks} of waiting for {a_product}.
p: Paid on {date}, still waiting for my {product}. Delivery date: nobody knows.
-- route-planning
t: Your driver was to come on {promised} between eight and twelve. I took the day off work, and no one came; in the
   evening a text message spoke of a delay.
t: Order {order} was to be brought to the third floor in the evening slot I had paid extra for. The van drove past at
   noon while I was at work.
t: The delivery slot for order {order} has been missed {times} so far. Each time I waited at home for nothing.
n: Booked time slot on {promised} was not kept, driver did not come. Took the day off for it. Order {order}.
p: Delivery slot 8 to 12, they said. It is {minutes} past noon and no driver in sight. A day off work for nothing.
p: Waited in all day for {a_product} that never came. Is it so hard to deliver on the day you name?
== delivery-damaged / replace
s: Arrived broken: order {order}
s: Damaged {product}
s: Delivered in pieces
s: Damage on delivery, {order}
d: I have taken photographs of the box and of the inside.
d: The driver was gone before I could open it.
d: One look at the packaging was enough to know.
d: I have kept everything as it came, in case somebody wants to see it.
-- weak-packing
t: The {fragile} from order {order} arrived smashed. There was a single sheet of paper round it, no bubble wrap, in a
   box three times its size.
t: When I opened the parcel of {promised}, the {fragile} lay in pieces. It was packed as if it were a cushion.
t: Order {order}: the {furniture} has two dented corners, because nothing protected the edges inside the box.
n: {product} in order {order} broken on arrival, hardly any packing material. Has photographs.
p: Who packs {a_product} with one sheet of paper? Arrived in pieces, of course.
p: Opened the box and heard shards. Order {order}, please do something about your packaging.
-- rough-handling
t: Your courier dropped the box from the van in front of my eyes. The {product} from order {order} is cracked along
   one side.
t: The box was crushed and wet through when it was handed to me, and the {product} in it is damaged.
t: The parcel with order {order} had been opened and taped up again, and the {product} has a scratch as long as my
   hand.
n: Saw the driver drop the box. {product} of order {order} damaged; box kept.
p: Your driver threw my parcel over the gate. The {product} did not survive. Photo below.
p: Box soaked and squashed, {product} damaged. {order}. Thanks for nothing.
== delivery-lost / send
s: Parcel has disappeared
s: Marked as delivered, nothing here: {order}
s: Order {order} cannot be found
d: I have asked at every door in the building.
d: Nobody here has signed for anything.
d: The photograph in the tracking shows a door that is not mine.
d: The depot says that it left them, you say that it arrived, and I have nothing.
-- left-unattended
t: Order {order} is marked as delivered on {promised}. It was left outside in the street, as I learned later, and it
   has disappeared.
t: Your driver put the {product} on the doorstep of a house with forty flats and went away. It was gone when I came
   home.
t: The tracking says it was delivered. I never received it, and I gave nobody permission to leave it outside.
n: Order {order} shown as delivered {promised}, left on the doorstep without consent, gone since.
p: 'Marked as delivered.' Where? To whom? Not to me. {order}
p: Left my parcel on the street and called it delivered. It was stolen within the hour.
-- address-mix-up
t: Order {order} went to the wrong address: I moved in spring, and my account has shown the new address ever since.
   The people there know of no parcel.
t: You have handed it to somebody in another street. The signature is not mine, and the {product} has gone missing.
t: Two parcels were sent on {date}. One reached me; the other has been lost in transit for {weeks}, with no trace of
   it.
n: Parcel {order} delivered to an old address although the new one is on the account. Whereabouts unknown.
p: My parcel went to the wrong house and nobody can tell me where it is. {weeks} now.
p: Lost in transit, says the tracking. So is my patience. Order {order}.
== product-quality / replace
s: {product} faulty after {weeks}
s: Poor quality: {product}
s: Not as described
s: Warranty case, order {order}
d: I have followed the instructions to the letter.
d: For {amount} one may expect more than that.
d: A neighbour bought the same one and has the same trouble.
d: I can send you a short film of it if that helps.
-- supplier-fault
t: The {electric} I bought on {date} stopped working after {weeks}. It does not switch on any more, whatever socket I
   use.
t: After {weeks} of ordinary use the {textile} came apart at the seams and the colour has faded.
t: The {furniture} from order {order} wobbles, and one leg broke after {days}. The wood round the screw has torn.
n: {electric} bought {date} does not work any more after {weeks}. Wants to use the warranty.
n: {product} bought on {date} broke after {weeks} of ordinary use. Order {order}.
n: {textile} fell apart after {weeks}. Bought {date}, order {order}.
p: {weeks} of use and the {electric} is dead. Quality, they call it.
p: {weeks} of ordinary use and the {product} is fit for the bin.
p: The {textile} fell apart in the first wash. Never again.
-- description-wrong
t: The {furniture} is not as described. The page spoke of solid oak; what came is cheap material with a printed film.
t: I ordered the {textile} in dark green. What I have here is a different colour, closer to brown, and the size is not
   the one on the page either.
t: According to your page the {electric} is quiet. It is so noisy that we have to leave the room.
n: {product} is not what was shown on the page. Order {order}.
n: {furniture} differs from the description on the page (material, size). Order {order}.
p: The {product} and its description have only the name in common.
p: Picture: dark green. Reality: mud. The {textile} is not what was shown.
p: A {furniture} of 'solid oak' that peels off like a sticker. Lovely quality.
== product-missing / send
s: Parts missing, order {order}
s: Wrong item sent
s: Delivery incomplete
s: Order {order}: something was left out
d: The packing slip lists everything, the box does not hold it.
d: I have turned the box inside out twice.
d: Without that the rest is of no use to me.
d: The seal was whole, so it must have happened in your warehouse.
-- picking-error
t: In the box of order {order} there was no {electric} but {a_product} that I never ordered. You have sent the wrong
   item.
t: The screws and the instructions for the {furniture} were missing from the parcel, so I cannot put it together.
t: I ordered four chairs and paid for four. Only two of them were in the delivery of {promised}.
n: Order {order}: wrong article in the box, ordered {a_product}. Wants the right one.
p: Ordered {a_product}, got something else altogether. Does anybody look before closing the box?
p: A {furniture} without a single screw in the box. Am I to glue it?
-- split-shipment
t: Order {order} was to come in two parcels. The first is here; of the second there is nothing, and your system says
   the order is complete although the {product} is missing.
t: I received the lid and not the pot, so to speak: half of order {order} is missing and nobody can say when it is
   sent.
t: Of the three things in order {order} only one came. The other two are missing without a word on the packing list.
n: Order {order} incomplete: second parcel missing, system shows it as complete.
p: Half an order is not an order. {order}: the {product} is still missing.
== safety / recall
s: DANGER: {electric}
s: Your {electric} nearly caused a fire
s: Safety problem, please act
s: Somebody could have been hurt
d: There are small children in this house.
d: I unplugged the {electric} and have put it on the balcony.
d: I do not want to think what would have happened at night.
d: Please warn the other people who bought it.
-- charger-overheat
t: The {electric} from order {order} overheated after ten minutes; smoke came from the plug and there was a smell of
   burning.
t: Last night the {electric} I bought on {date} began to throw sparks, and I got an electric shock when I pulled the
   plug.
t: The charger that came with the {electric} melted on the table and left a burn in the wood. It could have set the
   flat on fire.
n: {electric} (order {order}) smoked and melted while in use. Nobody hurt. Caller asks for a warning to others.
p: Warning to everybody: the {electric} from this shop starts to smoke. Unplug it! {order}
p: Sparks from a brand-new {electric}. Dangerous. Take it off the market.
-- furniture-tipping
t: The {furniture} tipped over although it was fixed to the wall as shown, and fell on my son's foot. We had to take
   him to hospital.
t: A shelf of the {furniture} collapsed and a sharp edge cut my hand; the cut had to be stitched.
t: The brackets of the {furniture} from order {order} bend under no load at all. That is dangerous, a child was
   standing next to it when it came down.
n: {furniture} tipped over, child slightly injured. Fixing was mounted as shown. Order {order}.
p: The {furniture} came down on its own and missed our child by a hand's breadth. This is dangerous!
"""
