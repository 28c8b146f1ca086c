"""What complainants write in Filipino about service, money, data and contracts, laid out for `parts.topics`."""

SERVICE = """\
== refund / money
s: Refund ng order {order}
s: Nasaan na ang pera ko?
s: Ibinalik noong {date}, wala pang refund
s: Hindi pa rin naibabalik ang bayad
d: Nakatabi po ang lahat ng mensahe tungkol dito.
d: Maliit lang siguro sa isang tindahan ang {amount}, pero sa akin ay hindi.
d: "Limang araw" daw po, sabi sa telepono. {weeks} na iyon.
d: Lahat po ito ay kinumpirma ninyo sa e-mail.
-- returns-backlog
t: Ibinalik ko po ang {product} noong {date} gamit ang return label ninyo. {weeks} na sa inyo, pero hindi pa rin
   pumapasok ang refund na {amount}.
t: Kinuha na po ng rider ninyo ang {product} noong {date}. Gayunman, {weeks} na akong naghihintay na ibalik ang pera
   ko.
t: Sa {amount} na dapat ninyong isauli para sa {product}, {part} lang ang naibalik. Walang makapagpaliwanag kung
   bakit.
n: Ibinalik ang {product} {weeks} na ang nakararaan, kumpirmado na, hindi pa naibibigay ang refund na {amount}.
n: Nakansela ang order {order} noong {date}; hindi pa naibabalik ang bayad.
p: {weeks} na mula nang ibalik ko ang {product}. Refund? Wala.
p: Segundo lang kung kumuha kayo ng {amount}, pero ang refund, {weeks} na. {order}
-- refund-policy
t: May depekto ang {product} kaya humingi ako ng refund. Voucher ang alok ninyo, na ayaw ko naman: pera ang ibinayad
   ko, {amount}.
t: Ayaw ninyong ibalik ang bayad sa order {order} dahil bukas na raw ang kahon. Paano ko malalamang mali ang {product}
   kung hindi ko bubuksan?
t: Ibinalik ko ang {product} sa loob ng labing-apat na araw, pero babawasan daw ng {part} ang refund para sa
   "handling". Buo po dapat.
n: Inalok ng voucher sa halip na refund na {amount} para sa order {order}. Pera ang gusto.
p: Humingi ako ng refund, voucher ang ibinigay. Hindi po, salamat. {order}
== billing / money
s: Dalawang beses siningil para sa {order}
s: Maling halaga sa invoice
s: Siningil pa rin kahit bayad na
s: Tanong sa invoice ng {date}
d: Handa po ang kopya ng bank statement ko kung kailangan ninyo.
d: Nagbabayad ako sa mismong araw, kaya inaasahan kong tama ang singil.
d: Iba po ang halaga sa kumpirmasyon.
d: Wala po akong makitang paliwanag dito kahit saan.
-- billing-release
t: Dalawang beses po akong siningil para sa order {order}: {amount} noong {date} at ganoon din pagkaraan ng dalawang
   araw.
t: May dumating na paalala sa bayad na may multang {part} para sa invoice na nabayaran ko na noong {date}. May patunay
   po ako.
t: Mula noong {date}, may nakalagay na "service" na {part} sa bawat invoice ninyo. Hindi ko iyon inorder, at sabi sa
   telepono ay mali raw ng bagong sistema ng singilan.
n: Dalawang beses kinaltas ang bayad sa {order} ({amount} bawat isa). May bank statement.
n: Nakatanggap ng paalala sa bayad kahit bayad na noong {date}. Gustong ipatanggal ang multang {part}.
p: Dalawang beses siningil para sa iisang {product}. {amount}, doble! May tumitingin ba sa invoice ninyo?
p: Paalala sa bill na matagal nang bayad. Pakiayos ang singilan ninyo.
-- price-error
t: {amount} ang {product} sa page ninyo, pero mas mahal nang {part} ang nasa invoice ng order {order}.
t: Wala sa bill ang discount na ipinangako para sa order {order}. Kung naroon, mas mababa nang {part} ang babayaran
   ko.
t: Libre dapat ang hatid kapag umabot sa takdang halaga. Siningil pa rin ako ng {part}, at maling halaga ang nabawas
   sa akin.
n: Mas mataas nang {part} ang presyo sa invoice ng {order} kaysa sa page. Humihingi ng tamang invoice.
p: Isang presyo sa page, ibang presyo sa resibo. Dagdag na {part}, ganoon na lang.
== staff-conduct / apology
s: Asal ng driver ninyo
s: Bastos na kawani sa tindahan ninyo
s: Kung paano makipag-usap ang mga tauhan ninyo
s: Tungkol sa nangyari noong {date}
d: Pitumpung taong gulang na po ako at ngayon lang ako nakausap nang ganoon.
d: Katabi ko po ang kapitbahay ko at narinig niya ang lahat.
d: Nagkakamali ang tao. Pero hindi tama ang ganoong pananalita.
d: Hindi ko po alam ang pangalan, pero nasa iskedyul ninyo kung sino ang naka-duty.
-- driver-manner
t: Sinigawan po ako ng nagdala ng order {order} noong {promised} dahil nakiusap akong iakyat ang {furniture}, gaya ng
   napag-usapan.
t: Bastos ang driver ninyo mula sa unang salita. Nang gusto kong silipin ang kahon bago pumirma, nagmura siya at
   padabog na isinara ang pinto ng van.
t: Pinagtawanan ng dalawang naghatid ng {product} ang paraan ko ng pagsasalita. Ngayon lang ako napahiya nang ganito
   sa sarili kong pinto.
n: Sinigawan ng driver noong {promised} at tumangging iakyat ang {furniture}. Order {order}.
p: Sinigawan ng driver ninyo ang nanay ko dahil mabagal siyang maglakad. Ipinagmamalaki ninyo ba iyan?
p: Dumating ang delivery, naiwan ang galang. Bastos mula simula hanggang dulo.
-- shop-manner
t: Noong {date}, nagtanong po ako sa tindahan ninyo tungkol sa {product}. Inirapan ako ng tindera, sinabing "nakasulat
   naman", at tinalikuran ako.
t: Binabaan po ako ng telepono ng kausap ko nang itanong ko ang pangalan niya, kahit nagsasalita pa ako.
t: Tinrato akong parang magnanakaw sa labasan ng tindahan, sa harap pa ng mga anak ko. Napahiya ako, at walang humingi
   ng paumanhin kahit walang nakita.
n: Nagrereklamo sa ugali ng tindera noong {date}; pinagtawanan nang magtanong tungkol sa {product}.
p: Nagtanong lang sa tindahan, sinungitan na. Sa iba na ako bibili ng {product}.
== service-reachability / answer
s: Walang sumasagot
s: {minutes} na naka-hold
s: Wala pa ring reply sa mga e-mail ko
s: May tao po ba riyan?
d: Gusto ko lang pong malaman kung ano na ang lagay ng order {order}.
d: Binati lang ako ng chatbot ninyo ng magandang araw. Iyon na iyon.
d: Sa bawat tawag, uulitin ko na naman ang kuwento mula umpisa.
d: May trabaho po ako at hindi ako puwedeng maghapong nakapila sa telepono.
-- call-centre-understaffed
t: {times} na po akong tumawag sa hotline ninyo. Pagkaraan ng {minutes} ng tugtog, napuputol ang linya, palagi.
t: Para may makausap na tao sa inyo, kailangan ng {minutes} at mahabang pasensiya: pinagpasa-pasahan ako, at ang huli
   ay pinabalik ako sa una.
t: Noong {date} ay nangako kayong tatawag. Hindi tumawag, at hindi ko rin kayo makontak dahil busy ang linya buong
   araw.
n: {times} nang tumawag, mga {minutes} sa bawat pila. Hindi tinupad ang pangakong pagtawag.
p: {minutes} na naka-hold, tapos naputol. Hotline ba ito o radyo?
p: {times} akong tumawag ngayong araw. Walang sumasagot.
-- mailbox-unattended
t: {times} na po akong sumulat mula noong {date} tungkol sa order {order}. Maliban sa awtomatikong sagot, walang
   reply.
t: Dalawang araw lang daw po at may sagot na, sabi sa form ninyo. {weeks} na, wala pa ring tugon sa mga e-mail ko.
t: Tumatanggap ng e-mail ang address sa invoice ninyo pero halatang walang sumasagot: {times} akong nagtanong, walang
   tugon kahit isa.
n: {times} nang sumulat mula noong {date}, walang sagot. Gustong malaman kung sino ang hahawak nito.
p: {times} na akong nag-message. Walang reply, walang sagot, wala. Hello po?
== website / fix
s: Hindi makaorder sa website
s: Palaging nagla-log out ang app
s: Error sa checkout
s: Hindi magamit ang site ninyo
d: Sinubukan ko na po sa dalawang browser at sa cellphone.
d: Noong isang buwan po ay maayos pa.
d: "Subukan muli mamaya", sabi ng help page. {days} ko na pong sinusubukan.
d: Walang numero ang error, kaya hanggang doon lang ang masasabi ko.
-- checkout-bug
t: Sa checkout ng website, nawawalan ng laman ang cart ko pagpili ng delivery. {times} na itong nangyari mula noong
   {date}.
t: Pagpindot ko ng button na "order now", blangko ang pahina. Pero na-hold na ang pera sa card ko.
t: Bulag po ako at gumagamit ng screen reader. Sa bagong bersiyon ng site ninyo, walang pangalan ang mga kahon ng
   form, kaya hindi ako makaorder nang walang tulong.
n: Website: nawawala ang laman ng cart sa checkout, {times} nang sinubukan. Gustong umorder ng {product}.
p: {times} nang binura ng website ninyo ang cart ko ngayong araw. Pakiayos ang checkout!
p: Checkout na hindi maka-checkout. Galing, Larkenfield.
-- app-release
t: Mula nang i-update ang app, hinihingi nito ang password kada ilang minuto, tapos nagka-crash.
t: Mga order noong tatlong taon pa ang ipinakikita ng app, pero wala ang order ko noong {date}. Sa website naman ay
   tama.
t: Pagkatapos ng huling update ninyo, hindi na ako maka-log in sa app: "unknown error". Gumagana naman ang password sa
   computer.
n: Nagka-crash ang app pagka-log in mula noong huling update. Gumagana sa computer. Gustong malaman kung kailan
   maaayos.
p: Bagong update ng app ninyo: bukas, hang, sara. {times} nang sunod-sunod.
== privacy / data
s: Datos ng iba sa account ko
s: Promo pa rin kahit tumanggi na ako
s: Tungkol sa personal na datos ko
s: Data privacy: pakiaksiyunan
d: Sa pagkakaalam ko po, may batas tungkol dito.
d: May screenshot po ako.
d: Huwag po sana ninyong sabihing imposible; nangyari na nga.
d: Gusto ko pong makausap ang may tungkulin sa data privacy ninyo.
-- mailing-list-sync
t: Nag-unsubscribe po ako sa newsletter ninyo noong {date}. {times} pa rin akong nakatanggap mula noon, at hindi ako
   nagbigay ng pahintulot sa promo text.
t: {weeks} na ang nakararaan nang hilingin kong burahin ang datos ko. Kinumpirma ninyo, pero kahapon ay may dumating
   na patalastas na may buo kong pangalan.
t: Humingi ako ng kopya ng datos na hawak ninyo tungkol sa akin. Lampas na ang isang buwan, newsletter lang ang
   natanggap ko.
n: Tumanggi sa patalastas noong {date}, {times} pa ring nakatanggap. Gustong ipabura ang personal na datos.
p: {times} na akong nag-unsubscribe, may newsletter pa rin. Alin po sa "ayoko" ang malabo?
-- account-mix-up
t: Pagbukas ko ng account ko, order ng iba ang nakikita ko, may pangalan, address at numero. Sino naman ang nakakakita
   ng sa akin?
t: Kasama sa parsela noong {promised} ang invoice ng ibang customer. Alam ko na kung ano ang binili niya at saan siya
   nakatira, at baka nasa iba na rin ang personal na datos ko.
t: Ibinigay ng tauhan ninyo sa driver ang numero ko nang walang pahintulot, at tine-text na niya ako mula noon.
   Paglabag iyan sa privacy ko.
n: Nakikita sa account ang datos ng ibang customer (pangalan, address). Apurahan, data privacy.
p: Nag-log in ako, order ng ibang customer ang lumabas. Larkenfield, kumalat na ba ang datos namin?
== contract / cancel
s: Ayaw tanggapin ang pagkansela
s: Wala akong ni-renew
s: Subscription sa Lark Plus
s: Binago ang kondisyon nang walang paalam
d: Hindi ako pumayag dito, sa sulat man o sa salita.
d: Iba po ang nakasulat sa page ninyo noong pumirma ako.
d: Kalakip po muli ang sulat ko ng pagkansela, may petsa.
d: Maliit lang ang {part} kada buwan, pero hindi po iyan sa inyo.
-- auto-renewal
t: Naging subscription na isang taon ang libreng trial ng Lark Plus nang wala ni isang salita sa akin. {amount} ang
   kinuha noong {date}.
t: Na-renew ang membership ko noong {date} kahit kinansela ko na ito sa oras. Nasa harap ko ang kumpirmasyon ninyo ng
   pagkansela.
t: Sa gitna ng kontrata, tinaasan ninyo nang {part} kada buwan ang Lark Plus. Wala iyan sa kondisyon na pinirmahan ko.
n: Na-renew ang membership na Lark Plus kahit kinansela na noong {date}. Gustong tapusin ang kontrata.
p: "Libreng trial" na kusang nagre-renew nang isang taon. Galing ninyo, Larkenfield.
-- cancellation-refused
t: Kinansela ko ang order {order} isang oras lang matapos umorder. Sagot ninyo: hindi na makakansela dahil "naproseso
   na ang kontrata". Hindi pa nga naibabalot.
t: Nagpasabi po ako sa takdang panahon na hindi ko na itutuloy ang {product}. Hindi raw puwedeng kanselahin, at walang
   ibinigay na dahilan.
t: Sa telepono lang daw puwedeng i-cancel ang Lark Plus, at sa telepono naman ay sa website daw. Kaya tuloy-tuloy ang
   kontrata.
n: Gustong kanselahin ang order {order}, huli na raw kahit isang oras pa lang.
p: Isang pindot para sumali. Para makapagkansela: sulat, tawag at dasal.
"""
