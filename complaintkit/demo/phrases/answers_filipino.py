"""What the shop's people write in Filipino, laid out for `answers`: reply, question, upheld, (x) not upheld."""

ANSWERS = """\
== delivery-late
r: Salamat po sa pagsabi sa amin. Itinanong ko na sa courier kung nasaan ang order ninyo at susulat ako kapag alam ko
   na.
q: Sa anong mga araw po sa susunod na linggo may tao sa bahay para tumanggap ng delivery?
u: Huli po ang dating kaysa sa ipinangako namin. Ibinabalik namin ang bayad sa delivery at may bago nang araw na
   napagkasunduan sa courier.
x: Dumating po ang order sa araw na nasa huling mensahe, na napagkasunduan natin sa telepono.
== delivery-damaged
r: Salamat po sa mensahe. Pakitabi muna ang kahon; inaalam ko kung paano ito ibinalot at iniabot.
q: Maaari po ba kayong magpadala ng litrato ng sira at ng kahon?
u: Kulang po ang balot para sa ganoong biyahe. Papunta na ang bago, at kukunin namin ang luma.
x: Wala po ang sirang ito nang iabot at pirmahan, gaya ng makikita sa litrato ng driver.
== delivery-lost
r: Hiningi ko na po sa courier ang patunay ng paghahatid at sinimulan na ang paghahanap.
q: Pakitingnan po ang kalakip na pirma: kilala ba ninyo ito?
u: Hindi po sa inyo naibigay ang parsela. Magpapadala kami ulit nang walang bayad.
x: Tinanggap po ang parsela ng kasama ninyo sa bahay, at kinumpirma niya ito sa amin.
== refund
r: Nasa harap ko na po ang ibinalik ninyo at itinatanong ko sa accounting kung nasaan ang pera.
q: Saang account po namin ipadadala ang pera? Sarado na raw, sabi ng bangko, ang pinanggalingan ng bayad.
u: Nasa bodega na po ang ibinalik ninyo pero hindi naitala. Ipinadala na ngayong araw ang buong halaga.
x: Dumating po ang ibinalik ninyo lampas sa takdang panahon, kaya matatanggap namin ito pero hindi sa buong presyo.
== billing
r: Salamat po. Inihahambing ko ang invoice sa order at sasabihin ko kung ano ang makita ko.
q: Maaari po ba ninyong ipadala ang linya ng bank statement kung saan makikita ang bayad?
u: Mali po ang invoice. May bago kayong matatanggap, at ibabalik ang sobrang nasingil.
x: Tama po ang halaga: kasama rito ang hatid sa ikalawang address na pinili sa order.
== product-quality
r: Naipasa ko na po ang paglalarawan ninyo sa mga nakaaalam ng produkto at babalikan ko kayo.
q: Ano pong numero ang nasa etiketa sa ilalim?
u: Dapat po ay mas matagal pa itong nagamit. Kayo ang pipili: bago o pera.
x: Ang ganitong sira po ay galing sa paggamit na labag sa manwal, na hindi sakop ng warranty.
== product-missing
r: Ipinasusuri ko na po ang bigat ng parsela at ang listahan ng laman.
q: Alin po sa nasa listahan ang wala sa kahon?
u: May bahaging hindi naisama sa pagbabalot. Ipadadala na po ito ngayong araw.
x: Nasa ikalawang parsela po ang kulang, gaya ng nasa kumpirmasyon; kahapon ito dumating sa inyo.
== staff-conduct
r: Salamat po sa tapat na pagsabi. Kakausapin ko muna ang mga naroon bago ako sumagot.
q: Anong oras po ito nangyari, at may kasama ba kayo?
u: Hindi po dapat ganoon ang pananalita rito sa amin. Kinausap na namin ang tao at humihingi kami ng paumanhin.
x: Napakinggan po namin ang dalawang panig at hindi matiyak kung ano ang nasabi. Pinaalalahanan namin ang lahat.
== service-reachability
r: Tao na po ang kausap ninyo ngayon, at akin ang kasong ito hanggang matapos.
q: Anong oras ko po kayo maaaring tawagan?
u: Kulang po ang tao namin sa telepono. Mas marami na simula Lunes, at ako ang hahawak ng kasong ito.
x: Nasagot po ang mga mensahe ninyo sa mga araw na nabanggit; napunta iyon sa lumang address.
== website
r: Naibigay ko na po sa mga developer ang paglalarawan ninyo at sinusubukan na nila.
q: Anong browser o cellphone po ang gamit ninyo?
u: Sa amin po ang mali, at naayos na ito. Puwede nang umorder ngayon.
x: Galing po sa bangko ninyo ang mensahe dahil hindi nito inaprubahan ang bayad; hindi namin iyon mababago.
== privacy
r: Naipasa ko na po ito agad sa data protection officer at ipinatigil ang lahat ng promo sa inyo.
q: Maaari po ba ninyong ipadala ang screenshot, nang may takip ang datos ng iba?
u: Hindi po ito dapat mangyari. Naisara na namin ang butas, nasabihan ang isa pang tao, at naitala sa aming rehistro.
x: Hindi po promo ang mensahe kundi kumpirmasyon ng order, na hinihingi ng batas.
== contract
r: Tinitingnan ko na po kung ano ang napagkasunduan at kailan.
q: Maaari po ba ninyong ipadala ang kumpirmasyong natanggap ninyo mula sa amin?
u: Tapos na po ang kontrata mula sa araw ng una ninyong mensahe, at ibabalik ang lahat ng nabayaran mula noon.
x: Dumating po ang pagkansela nang nagsimula na ang bagong termino. Magkakabisa ito sa katapusan ng terminong ito.
== safety
r: Huwag na po muna itong gamitin. Kukunin namin ito ngayong araw at susuriin agad.
q: May nasaktan po ba, at nakapagpatingin na ba sa doktor?
u: Itinigil na po namin ang pagbebenta nito, binabalaan ang lahat ng bumili, at ibinabalik ang buong bayad sa inyo.
x: Walang nakitang sira ang laboratoryo. Ang saksakang pinagkabitan po ang hindi maayos.
== any
lu: Tama po kayo, at humihingi kami ng paumanhin.
lp: May bahagi pong tama kayo, at humihingi kami ng paumanhin para roon.
lx: Sinuri po namin itong mabuti at iba ang aming naging pasya.
more: Salamat po, malaking tulong ito. Inilagay ko na sa inyong reklamo.
standing: Inaasikaso ko pa rin po ito at nagtanong ulit ako ngayong araw. Makatatanggap kayo ng sagot mula sa akin.
note: Nakausap ang bodega, titingnan nila hanggang bukas.
note: Hinihintay ang kasamang naka-duty noon.
note: Pareho sa nangyari noong isang linggo; nasabihan na ang team leader.
"""
