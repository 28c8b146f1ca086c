"""Filipino: names, numbers and the frame around what happened."""

from datetime import date

from complaintkit.demo.phrases.filipino_goods import GOODS
from complaintkit.demo.phrases.filipino_service import SERVICE
from complaintkit.demo.phrases.parts import Voice, families, givens, lines, moods, products, topics

_MONTHS = (
    "Enero", "Pebrero", "Marso", "Abril", "Mayo", "Hunyo",
    "Hulyo", "Agosto", "Setyembre", "Oktubre", "Nobyembre", "Disyembre",
)  # fmt: skip


def _day(day: date) -> str:
    return f"ika-{day.day} ng {_MONTHS[day.month - 1]}"


FILIPINO = Voice(
    language="fil",
    given=givens("""
        m Andres Benedicto Carlito Danilo Emilio Ferdinand Gregorio Isidro Jomar Lorenzo Mateo Nestor Paolo Ramon
        f Amihan Belen Corazon Dalisay Esperanza Florencia Graciela Imelda Jasmin Ligaya Marisol Natividad Rosario Tala
    """),
    family=families("""
        Abad Bautista Caparas Dimaculangan Evangelista Fajardo Galang Hilario Ilagan Jacinto Katigbak Lacson Macaraeg
        Natividad Ocampo Panganiban Quizon Robles Salonga Tolentino Umali Villanueva Yumul Zabala
    """),
    products=products("""
        electric takure | takure | takure
        electric vacuum cleaner | vacuum cleaner | vacuum cleaner
        electric electric fan | electric fan | electric fan
        electric blender | blender | blender
        electric plantsa | plantsa | plantsa
        fragile salamin | salamin | salamin
        fragile plorera | plorera | plorera
        fragile set ng pinggan | set ng pinggan | set ng pinggan
        furniture aparador | aparador | aparador
        furniture estante | estante | estante
        furniture mesita | mesita | mesita
        furniture kabinet ng sapatos | kabinet ng sapatos | kabinet ng sapatos
        textile kumot | kumot | kumot
        textile karpet | karpet | karpet
        textile kurtina | kurtina | kurtina
    """),
    topics=topics(GOODS) + topics(SERVICE),
    days=lambda number: f"{number} araw",
    weeks=lambda number: f"{number} linggo",
    times=lambda number: f"{number} beses",
    minutes=lambda number: f"{number} minuto",
    day=_day,
    money=lambda centavos: f"₱{centavos // 100 * 50:,}",
    greetings=lines("""
        Magandang araw po,
        Magandang umaga po,
        Kumusta po,
        Sa Larkenfield,
    """),
    openings=lines("""
        Sumusulat po ako tungkol sa order {order}.
        May reklamo po ako, paiikliin ko na lang.
        Ayaw ko po sanang sumulat nang ganito.
        May hindi tama sa order ko noong {date}, at umaasa akong maaayos ninyo.
        Matagal na po akong bumibili sa inyo at ngayon lang ako nagreklamo.
        Pakiabot po ito sa may kapangyarihang magpasya.
    """),
    closings=lines("""
        Gumagalang,
        Maraming salamat po,
        Salamat sa pag-aasikaso,
        Umaasa sa inyong sagot,
    """),
    letter_heads=lines("""
        Para sa Larkenfield, Tanggapan ng mga Kliyente. Reklamo tungkol sa order {order} ng {date}.
        Larkenfield, Punong Tanggapan. Pormal na reklamo, order {order}.
        Sa tagapamahala ng tanggapan. Reklamo, order ko na {order}.
    """),
    letter_openings=lines("""
        Mga ginoo at ginang: sa pamamagitan ng liham na ito ay naghahain po ako ng pormal na reklamo.
        Kagalang-galang na tagapamahala: tungkol po ito sa nabanggit na order.
        Dahil walang nangyari sa ibang paraan, dinaan ko na po sa liham.
    """),
    letter_demands=lines("""
        Hinihiling ko po ang nakasulat na sagot sa loob ng labinlimang araw.
        Pakikumpirma po na natanggap ninyo ang liham na ito at kung sino ang humahawak nito.
        Kung wala akong matanggap na sagot bago matapos ang buwan, dudulog ako sa kinauukulan.
    """),
    letter_closings=lines("""
        Lubos na gumagalang,
        Sumasainyo,
    """),
    note_heads=lines("""
        Tumawag si {name}.
        Tawag mula kay {name}.
        Natanggap ang tawag ni {name}, tiniyak sa pamamagitan ng order {order}.
        Papasok na tawag, {name}.
    """),
    note_ends=lines("""
        Mas madaling tawagan sa gabi.
        Nakiusap na tawagan pagkatapos ng alas-singko.
        Nasabi sa tumawag na nakatala na ang reklamo.
        Tiniyak ang numero.
        Huwag daw mag-e-mail, tumawag na lang.
    """),
    moods=moods("""
        calm | Tiyak pong may paliwanag dito, at gusto ko sanang marinig.
        calm | Ayaw ko po ng gulo, gusto ko lang na maitama ito.
        calm | Hanggang ngayon po ay wala akong masabing masama sa inyo.
        calm | Alam kong nagkakamali ang lahat; ang mahalaga ay ang susunod ninyong gagawin.
        annoyed | Nakakapagod na po ito.
        annoyed | Mas maayos po ang inasahan ko sa inyo.
        annoyed | Ang dami ko nang nasayang na oras dahil dito.
        annoyed | Nauubos na po ang pasensiya ko.
        furious | Nakakahiya kayo, at sasabihin ko ito sa lahat ng magtatanong.
        furious | SOBRA na po kayo.
        furious | Kapag hindi ito naayos ngayong linggo, abogado ko na ang susulat.
        furious | Nawalan na kayo ng suki, pati ang buong barangay namin.
    """),
    noted_moods=moods("""
        calm | Magalang at malinaw magsalita.
        calm | Mahinahon sa buong usapan.
        annoyed | Naiinis at sinasabi iyon.
        annoyed | Halatang sawa na sa nangyari.
        furious | Galit na galit, mataas ang boses.
        furious | Gustong makausap agad ang manager.
    """),
    posted_moods=moods("""
        calm | Pakitingnan naman po.
        calm | @larkenfield pasagot naman po.
        annoyed | @larkenfield hindi puwede iyan.
        annoyed | Ano na, @larkenfield?
        furious | @larkenfield HINDI NA MAUULIT.
        furious | Iwasan ninyo ang @larkenfield, mga kababayan!
    """),
    wishes=moods("""
        send | Pakisabi po kung kailan talaga darating, at sana ay totoo na.
        send | Ihatid ninyo ngayong linggo o kanselahin na lang.
        send | Gusto kong malaman kung nasaan na, at gusto kong makuha.
        replace | Pakipalitan po ng bago at pakikuha na ang luma.
        replace | Gusto ko po sanang mapalitan, na hindi ako ang magbabayad ng pagbabalik.
        replace | Maayos na kapalit o mas mababang presyo, kayo na po ang bahala.
        money | Pakitama po ang halaga at kumpirmahin sa sulat.
        money | Inaasahan ko pong papasok ang buong halaga sa loob ng isang linggo.
        money | Pakiayos po at sabihan ako kapag tapos na.
        apology | Inaasahan ko po ang paghingi ng paumanhin at gusto kong malaman kung ano ang gagawin ninyo.
        apology | Pakikausap po ang taong iyon at ipaalam sa akin ang naging resulta.
        answer | Pakibigay po ang pangalan ng isang taong tututok dito.
        answer | Isang sagot lang po ang hiling ko, mula sa taong nakabasa ng sulat ko.
        fix | Pakiayos po at sabihan ako kung kailan puwedeng subukan ulit.
        fix | Pakisabi po kung paano ako makaoorder habang hindi pa ito ayos.
        data | Pakitigil po ito, at isulat sa akin kung ano ang naibigay at kanino.
        data | Gusto ko pong maayos ito ngayong araw at makumpirma ng may tungkulin.
        cancel | Pakikumpirma po sa sulat na tapos na ito, may petsa.
        cancel | Para sa akin ay kanselado na ito; pakikumpirma po.
        recall | Pakialis po muna sa tindahan hangga't hindi nasusuri, at sabihin kung saan ko ipapadala ang sa akin.
        recall | Inaasahan ko pong may tatawag ngayong araw na nakauunawa kung gaano ito kabigat.
    """),
    noted_wishes={
        "send": "Gusto ng tiyak na araw ng delivery.",
        "replace": "Gustong mapalitan at makuha ang luma.",
        "money": "Gustong maitama ang halaga at makumpirma.",
        "apology": "Umaasang hihingi ng paumanhin.",
        "answer": "Gusto ng iisang taong makakausap.",
        "fix": "Gustong sabihan kapag naayos na.",
        "data": "Gusto ng nakasulat na sagot mula sa data protection officer.",
        "cancel": "Gusto ng nakasulat na kumpirmasyong tapos na ito.",
        "recall": "Gustong matawagan ngayong araw; pakibabalaan daw ang ibang bumili.",
    },
    again=lines("""
        Sumulat na po ako sa inyo tungkol dito noong {earlier} at walang nagbago.
        Hindi po ito ang unang reklamo ko rito: noong {earlier} pa ang huli kong sulat.
        Nangako kayo noong {earlier} na aasikasuhin ito. Heto na naman po ako.
    """),
    noted_again=lines("""
        Ikalawang beses na tungkol dito, una noong {earlier}.
        Nagreklamo na tungkol din dito ({earlier}).
    """),
    posted_again=lines("""
        Ganoon pa rin gaya noong {earlier}:
        Sinabi ko na noong {earlier}, uulitin ko:
    """),
    quoted="Tumawag muli si {name}: “{words}”",
    adds=lines("""
        Baka hindi ko po naibigay ang numero: order {order}. Sana makatulong.
        Isa pa po: mas madali akong makausap sa gabi, pagkatapos ng alas-sais.
        Baka kailanganin din ninyo: noong {date} ang order {order}.
        Nakita ko na po ang kumpirmasyon, may petsang {date}.
    """),
    asks=lines("""
        May balita na po ba? Wala pa akong naririnig mula nang sumulat ako.
        Maitanong ko lang po kung nasaan na ito.
        Gusto ko pong malaman kung kailan ako makaaasa ng sagot.
    """),
    disagrees=lines("""
        Salamat sa sagot, pero hindi po iyon ang isinulat ko. Pakitingnan po ulit.
        Hindi po ako sang-ayon sa pasya ninyo. Nilaktawan ninyo ang pinakamahalaga.
        Hindi puwedeng iyon na lang po iyon. Iba ang hiningi ko at iyon pa rin ang hinihingi ko.
    """),
    thanks=lines("""
        Ayos na po. Salamat sa pag-aasikaso.
        Maayos na po ang lahat ngayon, salamat.
        Salamat po, hindi ko inasahang ganito kabilis sa huli.
    """),
    withdraws=lines("""
        Huwag na po ninyong ituloy ang reklamo ko, naayos na nang kusa.
        Pakisara na po ito, nakita ko na rin ang sagot.
        Binabawi ko po ang reklamo ko. Ako pala ang nagkamali.
    """),
)
