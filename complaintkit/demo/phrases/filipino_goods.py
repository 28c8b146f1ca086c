"""What complainants write in Filipino about deliveries and goods, laid out for `parts.topics`.

As people write to a shop: English words where the shop itself uses them, `na` after names of goods that vary.
"""

GOODS = """\
== delivery-late / send
s: Hindi pa dumarating ang order {order}
s: Nasaan na po ang delivery ko?
s: Delivery na ipinangako noong {promised}
s: Huli na naman: {order}
d: Maghapon po akong nasa bahay para rito, ni isang tawag ay wala.
d: Walang nagbago sa tracking sa loob ng {days}.
d: Panregalo po sana ito, pero tapos na ang kaarawan.
d: Malinaw po sa kumpirmasyon ninyo ang petsa: {promised}.
-- carrier-change
t: Dapat po ay dumating ang order {order} noong {promised}. Mula nang lumipat kayo sa Swiftmile, {times} nang inilipat
   ang petsa ng delivery at hanggang ngayon ay wala pa rin.
t: Ilang taon na po akong umoorder sa inyo nang walang problema. Ngayong Swiftmile na ang nagdadala, {days} nang huli
   ang {product} sa order {order} at hindi man lang dumating ang rider.
t: Sabi ng Swiftmile, ang bago ninyong courier, ihahatid ang order {order} noong {promised}. Iniurong nila ito, tapos
   iniurong na naman. {days} na po ang delay.
n: Dapat dumating ang order {order} noong {promised}; {times} nang inilipat ng bagong courier na Swiftmile ang
   delivery. Wala pa rin.
n: Naghihintay ng {product} nang {days} na. Palagi na raw huli ang delivery mula nang Swiftmile ang maghatid.
p: {days} nang delayed. Sino po ba ang nakaisip na Swiftmile ang magdeliver? {order}
p: Bagong courier, bagong palusot: {days} nang "out for delivery" sa Swiftmile ang {product} ko.
-- stock-shortage
t: Noong {date} ay umorder po ako ng {product} (order {order}) na nakalagay na may stock. Saka lang sinabi na ubos na
   pala, kaya naurong nang {weeks} ang petsa ng delivery.
t: Hinihintay ko pa rin po ang order {order}. Bayad na ito noong {date}, tapos ngayon ay sasabihing gagawin pa lang
   ang {product}.
t: Limang araw lang daw po at darating na ang {product}. {weeks} na ang nakalipas at hindi pa rin dumarating; mukhang
   mas marami ang naibenta ninyo kaysa sa nasa bodega.
n: Umorder ng {product} noong {date} ({order}), may stock daw. Naurong nang {weeks} ang delivery dahil walang stock.
p: Kung walang stock, huwag ninyong ilagay na "ready to ship". {weeks} na akong naghihintay ng {product}.
p: Bayad na noong {date}, hinihintay ko pa rin ang {product}. Kailan ang delivery? Walang may alam.
-- route-planning
t: Darating daw po ang driver noong {promised} mula alas-otso hanggang alas-dose. Nag-leave ako sa trabaho pero walang
   dumating; kinagabihan, may text na delayed daw.
t: Nagdagdag po ako ng bayad para ihatid sa gabi ang order {order} hanggang ikatlong palapag. Tanghali sila dumaan,
   habang nasa trabaho ako, kaya hindi dumating sa akin.
t: {times} na pong hindi nasunod ang oras ng delivery ng order {order}. Sa bawat pagkakataon, naghintay ako sa bahay
   nang walang napala.
n: Hindi nasunod ang oras ng delivery noong {promised}, hindi dumating ang driver. Nag-leave pa sa trabaho. Order
   {order}.
p: Alas-otso hanggang alas-dose raw ang delivery. {minutes} nang lampas, wala pa ring driver. Sayang ang leave ko.
p: Maghapon akong naghintay ng {product} na hindi dumating. Mahirap bang tumupad sa petsa?
== delivery-damaged / replace
s: Basag nang dumating: order {order}
s: Sirang {product}
s: Durog na nang ihatid
s: Nasira sa delivery, {order}
d: Nakunan ko po ng litrato ang kahon at ang laman.
d: Umalis na ang driver bago ko pa nabuksan.
d: Sa balot pa lang ay halata na.
d: Itinabi ko po ang lahat kung paano dumating, sakaling gusto ninyong tingnan.
-- weak-packing
t: Basag po ang {fragile} sa order {order} nang dumating. Isang pirasong papel lang ang nakabalot, walang bubble wrap,
   at napakalaki pa ng kahon.
t: Pagbukas ko ng parsela noong {promised}, durog na ang {fragile}. Parang unan kung ibalot ninyo.
t: Order {order}: yupi ang dalawang kanto ng {furniture} dahil walang proteksiyon ang gilid sa loob ng kahon.
n: Sira ang {product} sa order {order} nang dumating, halos walang balot. May litrato.
p: Sino ang nagbabalot ng {fragile} sa isang pirasong papel? Siyempre, basag.
p: Binuksan ko ang kahon, puro bubog. Order {order}, pakiayos naman ang pagbabalot ninyo.
-- rough-handling
t: Sa harap ko mismo, ibinagsak ng rider ang kahon mula sa sasakyan. May lamat na ang gilid ng {product} sa order
   {order}.
t: Lukot at basa ang kahon nang iabot sa akin, at may sira ang {product} sa loob.
t: May nagbukas na sa parsela ng order {order} at tinape lang ulit, at may gasgas na kasinghaba ng kamay ko ang
   {product}.
n: Nakita mismong ibinagsak ng driver ang kahon. May sira ang {product} ng order {order}; nakatabi ang kahon.
p: Inihagis ng rider ninyo ang parsela ko sa bakod. Sira ang {product}. Nasa baba ang litrato.
p: Basa at yupi ang kahon, may gasgas ang {product}. {order}. Salamat na lang.
== delivery-lost / send
s: Nawawala ang parsela
s: Nakalagay na delivered pero wala rito: {order}
s: Hindi mahanap ang order {order}
d: Naitanong ko na po sa lahat ng kapitbahay.
d: Wala pong pumirma rito para sa kahit ano.
d: Hindi akin ang pinto na nasa litrato ng tracking.
d: Sabi ng bodega ay umalis na, sabi ninyo ay dumating na, pero wala po akong hawak.
-- left-unattended
t: Nakalagay na delivered ang order {order} noong {promised}. Iniwan pala sa tabi ng kalsada, at nawala na.
t: Iniwan ng rider ang {product} sa may pinto ng gusaling may apatnapung pamilya, saka umalis. Nawala na ito pag-uwi
   ko.
t: Naihatid na raw po ayon sa tracking. Wala akong natanggap, at wala akong pinayagang iwan ito sa labas.
n: Nakalagay na naihatid ang order {order} noong {promised}, iniwan sa labas nang walang paalam, nawawala na.
p: "Delivered" daw. Saan? Kanino? Hindi sa akin. {order}
p: Iniwan sa kalsada ang parsela ko at sinabing delivered na raw. Wala pang isang oras, ninakaw na.
-- address-mix-up
t: Napunta po sa maling address ang order {order}: lumipat na ako at matagal nang bago ang address sa account ko.
   Walang alam na parsela ang mga nakatira roon.
t: Sa ibang tao sa kabilang kalye ninyo naibigay. Hindi akin ang pirma, at nawawala na ang {product}.
t: Dalawang parsela po ang ipinadala noong {date}. Isa ang nakarating; ang isa ay nawala sa biyahe at {weeks} nang
   hindi mahanap.
n: Dinala sa lumang address ang parsela {order} kahit bago na ang nasa account. Hindi alam kung nasaan.
p: Sa ibang bahay napunta ang parsela ko at walang makapagsabi kung nasaan. {weeks} na.
p: Nawala raw sa biyahe, sabi sa tracking. Pati pasensiya ko, nawala na. Order {order}.
== product-quality / replace
s: Sira ang {electric} pagkaraan ng {weeks}
s: Mahinang kalidad: {product}
s: Hindi tugma sa nakasulat
s: Warranty, order {order}
d: Sinunod ko po ang lahat ng nasa manwal.
d: Sa halagang {amount}, higit pa roon ang inaasahan ng tao.
d: Ganito rin ang bili ng pinsan ko at ganito rin ang problema.
d: Makapagpapadala po ako ng maikling video kung makatutulong.
-- supplier-fault
t: Hindi na gumagana ang {electric} na binili ko noong {date}, {weeks} pa lang ang nakararaan. Ayaw nang umandar kahit
   saang saksakan.
t: {weeks} lang na karaniwang gamit, natastas na ang tahi ng {textile} at kumupas pa ang kulay.
t: Umuuga ang {furniture} mula sa order {order}, at nasira ang isang paa pagkaraan ng {days}. Bumigay ang kahoy sa
   palibot ng turnilyo.
n: Hindi na gumagana ang {electric} na binili noong {date}, {weeks} pa lang. Gustong gamitin ang warranty.
n: Nasira ang {product} pagkaraan ng {weeks} na karaniwang gamit. Binili noong {date}, order {order}.
n: Natastas ang {textile} pagkaraan ng {weeks}. Binili noong {date}, order {order}.
p: {weeks} pa lang, sira na ang {electric}. Kalidad daw iyan.
p: {weeks} lang na gamit, pambasurahan na ang {product}.
p: Unang laba pa lang, natastas na ang {textile}. Hindi na mauulit.
-- description-wrong
t: Hindi tugma sa nakasulat ang {furniture}. Purong kahoy raw, pero ang dumating ay manipis na tabla na may plastik na
   natutuklap.
t: Berde po ang {textile} na inorder ko. Ibang kulay ang narito, halos kayumanggi, at hindi rin tama ang sukat.
t: Tahimik daw po ang {electric} ayon sa page ninyo. Sobrang ingay nito na kailangan naming lumabas ng kuwarto.
n: Hindi tugma ang {product} sa ipinakita sa page. Order {order}.
n: Iba ang {furniture} sa nakasulat sa page (materyal, sukat). Order {order}.
p: Pangalan lang ang magkapareho sa {product} at sa paglalarawan nito.
p: Sa picture, berde. Sa totoo, putik. Iba sa litrato ang {textile}.
p: {furniture} na "purong kahoy" pero natutuklap na parang sticker. Ganda ng kalidad.
== product-missing / send
s: May kulang sa order {order}
s: Maling item ang ipinadala
s: Hindi kumpleto ang delivery
s: Order {order}: may hindi naisama
d: Nasa listahan ng laman ang lahat, pero wala sa kahon.
d: Dalawang beses ko na pong hinalughog ang kahon.
d: Kung wala iyon, wala ring silbi ang iba.
d: Buo pa po ang selyo, kaya sa bodega ninyo ito nangyari.
-- picking-error
t: Sa kahon ng order {order}, hindi {electric} ang laman kundi ibang item na hindi ko naman inorder. Mali ang
   ipinadala ninyo.
t: Walang turnilyo at walang manwal ang {furniture} sa parsela, kaya hindi ko mabuo.
t: Apat na upuan ang inorder at binayaran ko. Dalawa lang ang dumating noong {promised}.
n: Order {order}: maling item ang nasa kahon, {product} ang inorder. Gustong ipadala ang tama.
p: Umorder ako ng {product}, ibang item ang dumating. May tumitingin ba bago isara ang kahon?
p: Ang {furniture}, walang kasamang turnilyo kahit isa. Ididikit ko na lang ba?
-- split-shipment
t: Dalawang parsela dapat ang order {order}. Nandito na ang una; ang ikalawa ay wala, pero kumpleto na raw sa system
   ninyo kahit kulang ng {product}.
t: Takip lang ang dumating at walang kaldero, kumbaga: kulang ng kalahati ang order {order} at walang makapagsabi kung
   kailan ipapadala.
t: Sa tatlong laman ng order {order}, isa lang ang dumating. Hindi kasama ang dalawa at wala man lang paliwanag.
n: Hindi kumpleto ang order {order}: kulang ang ikalawang parsela, kumpleto na raw sa system.
p: Hindi order ang kalahating order. {order}: kulang pa rin ng {product}.
== safety / recall
s: DELIKADO: {electric}
s: Muntik nang magkasunog dahil sa {electric} ninyo
s: Peligro po ito, pakiaksiyunan
s: May maaaring masaktan
d: May maliliit na bata po sa bahay.
d: Binunot ko po agad ang {electric} at inilabas sa balkonahe.
d: Ayaw kong isipin kung gabi ito nangyari.
d: Pakibabalaan po ang iba pang bumili nito.
-- charger-overheat
t: Sobrang init ng {electric} mula sa order {order} makalipas lang ang sampung minuto; umusok ang saksakan at amoy
   sunog.
t: Kagabi, kumislap ang {electric} na binili ko noong {date}, at nakuryente ako nang bunutin ko.
t: Natunaw sa mesa ang charger na kasama ng {electric} at nag-iwan ng paso sa kahoy. Puwede itong pagmulan ng sunog.
n: Umusok at natunaw ang {electric} (order {order}) habang ginagamit. Walang nasaktan. Gustong balaan ang ibang
   bumili.
p: Babala sa lahat: umuusok ang {electric} ng tindahang ito. Bunutin ninyo! {order}
p: Bagong-bago ang {electric}, kumikislap na. Delikado. Alisin ninyo sa tindahan.
-- furniture-tipping
t: Natumba ang {furniture} kahit nakakabit sa dingding ayon sa turo ninyo, at nabagsakan ang paa ng anak ko. Dinala
   namin siya sa ospital.
t: Bumigay ang estante ng {furniture} at nahiwa ang kamay ko sa matalim na gilid; kinailangan itong tahiin.
t: Nababaluktot ang mga bracket ng {furniture} mula sa order {order} kahit walang karga. Mapanganib ito, may bata sa
   tabi nang bumagsak.
n: Natumba ang {furniture}, bahagyang nasugatan ang bata. Nakakabit ayon sa turo. Order {order}.
p: Kusang bumagsak ang {furniture} at muntik nang tamaan ang anak namin. Delikado ito!
"""
