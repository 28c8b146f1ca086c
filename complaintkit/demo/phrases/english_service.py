"""What complainants write in English about service, money, data and contracts, laid out for `parts.topics`."""

SERVICE = """\
== refund / money
s: Refund for order {order}
s: Where is my money?
s: Returned on {date}, still no refund
s: Refund still open
d: I have kept every message about it.
d: {amount} may be small change for a shop, for me it is not.
d: On the telephone I was told 'five working days'. That was {weeks} ago.
d: All of this you have confirmed by e-mail.
-- returns-backlog
t: I sent back the {product} on {date} with your return label. You have had it for {weeks}, and the refund of {amount}
   has still not reached my account.
t: Your driver collected the {product} from my door on {date}. All the same I have been waiting for my money back for
   {weeks}.
t: Of the {amount} you owe me for the returned {product}, only {part} was credited back. Nobody can explain the
   difference.
n: Returned the {product} {weeks} ago, return confirmed, refund of {amount} not paid.
n: Order {order} cancelled on {date}; money not returned so far.
p: {weeks} since I returned the {product}. Refund? Silence.
p: Taking {amount} takes you a second, giving it back takes {weeks} and more. {order}
-- refund-policy
t: The {product} came with a fault and I asked for a refund. You offer me a voucher instead, which I do not want: I
   paid {amount} in money.
t: You refuse the refund for order {order} because the box is said to have been opened. How else could I have seen
   that the {product} is the wrong one?
t: I returned the {product} within the fourteen days, and now {part} is to be kept for 'handling'. I would like to be
   paid back in full.
n: Was offered store credit in place of a refund of {amount} for order {order}. Wants the money.
p: Asked for my money back, got a voucher. No thank you. {order}
== billing / money
s: Charged twice for {order}
s: Wrong amount on the invoice
s: Reminder for an invoice I have paid
s: Question about your invoice of {date}
d: A copy of my bank statement is at hand if you need it.
d: I pay my bills on the day they come, and I expect them to be right.
d: The sum in the confirmation was another one.
d: I cannot find this item explained anywhere.
-- billing-release
t: For order {order} I was charged twice: {amount} on {date} and the same amount again two days later.
t: I received a reminder with a fee of {part} for an invoice that I had already paid on {date}. I can prove the
   payment.
t: Since {date} every invoice of yours has a line 'service' of {part} on it. I never ordered such a thing, and the
   hotline calls it an error of the new billing system.
n: Invoice for {order} debited twice ({amount} each). Has the bank statement.
n: Got a reminder although the invoice was paid on {date}. Wants the fee of {part} removed.
p: Charged twice for the same {product}. {amount} twice! Is anybody checking your invoices?
p: A reminder for a bill I paid weeks ago. Please sort out your billing.
-- price-error
t: The {product} was {amount} in the shop window of your page, yet the invoice for order {order} shows {part} more.
t: The discount I was promised for order {order} is not on the bill. With it I would pay {part} less.
t: Delivery was to be free from a certain sum on. I was charged {part} for it all the same, and the wrong amount has
   been taken from my account.
n: Price on the invoice for {order} is {part} higher than in the shop. Asks for a corrected invoice.
p: One price on the page, a different price on the bill. {part} more, just like that.
== staff-conduct / apology
s: Behaviour of your driver
s: Rude treatment in your shop
s: How your staff speak to people
s: About the visit on {date}
d: I am {seventy-one|sixty-eight} years old and have never been spoken to like that.
d: My neighbour stood beside me and heard every word.
d: A mistake can happen. This tone must not.
d: I do not know the name, but your schedule will tell you who was on duty.
-- driver-manner
t: The man who brought order {order} on {promised} shouted at me because I asked him to carry the {furniture}
   upstairs, as had been booked.
t: Your driver was rude from the first word. When I wanted to look into the box before signing, he swore and slammed
   the door of the van.
t: The two people who delivered the {product} laughed at my accent. I have seldom been so humiliated at my own door.
n: Driver of {promised} shouted at caller and refused to carry the {furniture} upstairs. Order {order}.
p: Your driver just yelled at my mother because she walks slowly. Proud of that?
p: Delivery came, manners did not. Rude from start to finish.
-- shop-manner
t: On {date} I asked in your shop about the {product}. The employee rolled her eyes, said 'as you can read' and turned
   her back on me.
t: The person on your telephone hung up on me in mid-sentence when I asked for {his|her} name.
t: I was treated like a thief at the exit of your shop, in front of my children, and nobody found it necessary to say
   sorry when nothing was found.
n: Complains about the attitude of a sales assistant on {date}; was laughed at when asking about the {product}.
p: Asked a question in the shop, got an attitude for an answer. I shall buy my {product} elsewhere.
== service-reachability / answer
s: Nobody answers
s: {minutes} on hold
s: Still no reply to my e-mails
s: Is anybody there?
d: All I want to know is what happens with order {order}.
d: Your chatbot wished me a pleasant day. That was all.
d: Each time I have to tell the whole story from the beginning.
d: I have a job and cannot spend my days in your queue.
-- call-centre-understaffed
t: I have tried your hotline {times}. After {minutes} of music the line is cut off, every time.
t: To reach a human at your company one needs {minutes} and strong nerves: I was passed from one department to the
   next, and the last one told me to ring the first.
t: I was promised a call back on {date}. Nobody has called back, and I cannot get through myself because the line is
   busy all day.
n: Has called {times}, each time about {minutes} in the queue. Promised call back never came.
p: {minutes} on hold, then cut off. Is this a hotline or a music box?
p: Called {times} today. Nobody picks up.
-- mailbox-unattended
t: I have written to you {times} since {date} about order {order}. Apart from an automatic answer there has been no
   reply.
t: Your form says that an answer comes within two days. It has been {weeks}, and my e-mails remain unanswered.
t: The address on your invoice accepts mail, and evidently no one answers it: {times} I have asked, {times} there was
   no response.
n: Wrote {times} since {date}, no answer. Wants somebody to be named who deals with it.
p: {times} I have written to you. No answer, no reply, nothing. Hello?
== website / fix
s: Website does not let me order
s: App logs me out all the time
s: Error at the checkout
s: Cannot use your site
d: I have tried it with two browsers and on my telephone.
d: It worked without any trouble last month.
d: Your help page says to 'try again later'. I have, for {days}.
d: The error message has no number, so I cannot tell you more.
-- checkout-bug
t: At the checkout your website empties my basket as soon as I choose the delivery. It has happened {times} since
   {date}.
t: When I press the button 'order now', the page stays blank. The money was reserved on my account all the same.
t: I am blind and use a screen reader. Since the new version of your site the fields of the order form have no names,
   so I cannot order without help.
n: Website: basket is emptied at the checkout, tried {times}. Would like to order the {product}.
p: Your website has emptied my basket {times} today. Fix the checkout!
p: A checkout that cannot check out. Well done, Larkenfield.
-- app-release
t: Since the update of the app I am asked for my password every few minutes, and then the app crashes.
t: The app shows orders from three years ago and not the one I placed on {date}. On the site everything is right.
t: After your last update I cannot log in on my telephone any more: 'unknown error'. My password works on the
   computer.
n: App crashes after login since the last update. On the computer it works.
p: Latest update of your app: opens, freezes, closes. {times} in a row.
== privacy / data
s: Somebody else's data in my account
s: Advertising in spite of my objection
s: Request about my personal data
s: Data protection: please act
d: I take it that the law says something about this as well.
d: I have saved a picture of the screen.
d: Please do not tell me that it cannot happen; it has.
d: I should like to hear from the person who is responsible for data protection.
-- mailing-list-sync
t: I unsubscribed from your newsletter on {date}. Since then I have received it {times}, and I never gave consent for
   advertising by text message at all.
t: {weeks} ago I asked you to delete my data. You confirmed it, and yesterday I got marketing from you with my full
   name.
t: I asked for a copy of the data you store about me. The month is over, and I have got nothing but a newsletter.
n: Objected to advertising on {date}, has had {times} more since. Asks that the personal data be erased.
p: Unsubscribed {times}. Still getting your newsletter. What about 'no' is unclear?
-- account-mix-up
t: When I open my account I see somebody else's order with name, address and telephone number. Who sees mine?
t: With the parcel of {promised} came the invoice of another customer. I now know what {he|she} bought and where
   {he|she} lives, and fear that a stranger has my personal details.
t: One of your employees gave my telephone number to the driver, who has been writing to me in private ever since. I
   call that a breach of privacy.
n: Sees data of another customer in the account (name, address). Urgent, privacy.
p: Logged in and saw the orders of a complete stranger. Larkenfield, do you have a data breach?
== contract / cancel
s: Cancellation not accepted
s: I did not renew anything
s: Subscription 'Lark Plus'
s: Terms changed without asking
d: I never agreed to that, in writing or otherwise.
d: The small print on your page was a different one when I signed up.
d: I enclose my cancellation once more, with its date.
d: {part} a month is not much, but it is not yours.
-- auto-renewal
t: The free trial of 'Lark Plus' turned into a subscription for a year without a word to me. {amount} was taken on
   {date}.
t: My membership was renewed on {date} although I had given notice in time. Your confirmation of the cancellation is
   in front of me.
t: In the middle of the contract you raised the fee for 'Lark Plus' by {part} a month. The terms I signed up to say
   nothing of the kind.
n: Membership 'Lark Plus' renewed in spite of notice given on {date}. Wants the contract ended.
p: A 'free trial' that renews itself for a year. Very clever, Larkenfield.
-- cancellation-refused
t: I cancelled order {order} an hour after placing it. Your answer: the cancellation cannot be accepted as the
   contract is 'in process'. It was not even packed.
t: I have used my right of withdrawal for the {product} within the time. You write that it does not apply to me,
   without any reason.
t: You let me cancel 'Lark Plus' only by telephone, and on the telephone I am told to do it online. So the contract
   goes on and on.
n: Wants to withdraw from order {order}, was told it was too late after one hour.
p: Signing up: one click. To cancel: a letter, a call and a prayer.
"""
