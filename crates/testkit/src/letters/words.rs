//! The words that letters are made of, in several scripts. Data, and how a sentence is drawn from it.

use super::chance::Chance;

/// A language with people who write in it.
pub(super) struct Language {
    people: &'static [(&'static str, &'static str)],
    subjects: &'static [&'static str],
    words: &'static [&'static str],
    /// What stands between two words: nothing in Japanese and Chinese.
    space: &'static str,
    stop: &'static str,
}

impl Language {
    pub(super) fn subject(&self, chance: &mut Chance) -> &'static str {
        chance.pick(self.subjects)
    }

    /// A name and the local part of an address.
    pub(super) fn person(&self, chance: &mut Chance) -> (&'static str, &'static str) {
        chance.pick(self.people)
    }

    /// Sentences in paragraphs, of about this many bytes.
    pub(super) fn prose(&self, chance: &mut Chance, size: usize) -> String {
        let mut prose = String::with_capacity(size + 80);
        let mut sentences = 0;
        while prose.len() < size {
            for number in 0..chance.below(12) + 4 {
                if number > 0 {
                    prose.push_str(self.space);
                }
                prose.push_str(chance.pick(self.words));
            }
            prose.push_str(self.stop);
            sentences += 1;
            prose.push_str(if sentences % 4 == 0 { "\n\n" } else { self.space });
        }
        prose.push('\n');
        prose
    }
}

/// The language of this number; the first when there is none.
pub(super) fn language(number: usize) -> &'static Language {
    LANGUAGES.get(number).unwrap_or(&ENGLISH)
}

/// Who sends newsletters.
pub(super) const LISTS: &[&str] = &[
    "harbour", "lantern", "meadow", "orchard", "quarry", "saddle", "tinder", "willow",
];

/// All languages, English first.
pub(super) const LANGUAGES: &[Language] = &[
    ENGLISH, GERMAN, RUSSIAN, GREEK, ARABIC, HEBREW, HINDI, JAPANESE, CHINESE,
];

const ENGLISH: Language = Language {
    people: &[
        ("Jonas Weber", "jonas.weber"),
        ("Amara Okafor", "amara"),
        ("Mira Lind", "mira"),
        ("Teo Marsh", "teo.marsh"),
        ("Ines Duarte", "ines"),
        ("Otto Hale", "otto"),
        ("Noor Rahman", "noor"),
        ("Will Carter", "will"),
        ("Grace Monroe", "grace.monroe"),
        ("Sam Ibsen", "sam"),
    ],
    subjects: &[
        "Rain on Saturday",
        "The boat is ready",
        "Minutes of the meeting",
        "Invoice for March",
        "Photos from the lake",
        "Can you look at this?",
        "Plan for the summer",
        "Keys for the cabin",
        "Draft of the contract",
        "Dinner on Thursday?",
        "Your order has been sent",
        "New bicycle",
        "Questions about the garden",
        "Lost umbrella",
        "Train times",
        "Notes on chapter four",
    ],
    words: &[
        "the", "and", "we", "garden", "morning", "letter", "before", "river", "could", "train", "small",
        "window", "because", "later", "paper", "street", "think", "summer", "already", "number", "table",
        "nobody", "quiet", "meeting", "perhaps", "kitchen", "friend", "answer", "bring", "evening", "should",
        "winter", "around", "question", "green", "until", "harbour", "report", "always", "second", "bread",
        "write", "tomorrow", "light", "between", "contract", "photo", "remember", "walk", "budget", "enough",
        "stone", "project", "music",
    ],
    space: " ",
    stop: ".",
};

const GERMAN: Language = Language {
    people: &[
        ("Jürgen Müller", "juergen"),
        ("Käthe Größer", "kaethe"),
        ("Björn Schäfer", "bjoern"),
    ],
    subjects: &[
        "Grüße aus Köln",
        "Rückfrage zur Übergabe",
        "Straßenfest am Samstag",
        "Schlüssel für die Hütte",
    ],
    words: &[
        "und",
        "für",
        "über",
        "Straße",
        "schön",
        "heute",
        "wir",
        "müssen",
        "später",
        "Brücke",
        "Frühstück",
        "nächste",
        "Woche",
        "vielleicht",
        "grün",
        "zurück",
        "natürlich",
        "Gespräch",
        "hören",
        "früh",
        "Bahnhof",
        "Bücher",
    ],
    space: " ",
    stop: ".",
};

const RUSSIAN: Language = Language {
    people: &[("Анна Соколова", "anna"), ("Иван Петров", "ivan")],
    subjects: &["Встреча в четверг", "Фотографии с озера", "Вопрос о договоре"],
    words: &[
        "и",
        "мы",
        "письмо",
        "утром",
        "город",
        "река",
        "завтра",
        "можно",
        "дом",
        "окно",
        "поезд",
        "лето",
        "друг",
        "работа",
        "вечером",
        "вопрос",
        "ответ",
        "книга",
        "сад",
        "хорошо",
    ],
    space: " ",
    stop: ".",
};

const GREEK: Language = Language {
    people: &[("Ελένη Παππά", "eleni"), ("Νίκος Ρήγας", "nikos")],
    subjects: &["Το καράβι είναι έτοιμο", "Φωτογραφίες από τη λίμνη"],
    words: &[
        "και",
        "το",
        "γράμμα",
        "πρωί",
        "θάλασσα",
        "σπίτι",
        "αύριο",
        "φίλος",
        "δρόμος",
        "καλοκαίρι",
        "ερώτηση",
        "μικρό",
    ],
    space: " ",
    stop: ".",
};

const ARABIC: Language = Language {
    people: &[("ليلى حداد", "layla"), ("عمر ناصر", "omar")],
    subjects: &["اجتماع يوم الخميس", "صور من البحيرة"],
    words: &[
        "رسالة",
        "صباح",
        "بيت",
        "غدا",
        "صديق",
        "سؤال",
        "كتاب",
        "مدينة",
        "صيف",
        "عمل",
        "نهر",
        "شكرا",
    ],
    space: " ",
    stop: ".",
};

const HEBREW: Language = Language {
    people: &[("נועה לוי", "noa"), ("אורי כהן", "uri")],
    subjects: &["פגישה ביום חמישי", "תמונות מהאגם"],
    words: &[
        "מכתב",
        "בוקר",
        "בית",
        "מחר",
        "חבר",
        "שאלה",
        "ספר",
        "עיר",
        "קיץ",
        "עבודה",
        "נהר",
        "תודה",
    ],
    space: " ",
    stop: ".",
};

const HINDI: Language = Language {
    people: &[("प्रिया शर्मा", "priya"), ("अर्जुन मेहता", "arjun")],
    subjects: &["गुरुवार की बैठक", "झील की तस्वीरें"],
    words: &[
        "पत्र",
        "सुबह",
        "घर",
        "कल",
        "मित्र",
        "प्रश्न",
        "किताब",
        "शहर",
        "गर्मी",
        "काम",
        "नदी",
        "धन्यवाद",
    ],
    space: " ",
    stop: "।",
};

const JAPANESE: Language = Language {
    people: &[("佐藤 結衣", "yui"), ("田中 健", "ken")],
    subjects: &["木曜日の会議について", "湖の写真", "見積書をお送りします"],
    words: &[
        "手紙",
        "朝",
        "家で",
        "明日",
        "友達と",
        "質問",
        "本を",
        "東京",
        "夏",
        "仕事",
        "ありがとう",
        "ございます",
        "川",
        "写真",
    ],
    space: "",
    stop: "。",
};

const CHINESE: Language = Language {
    people: &[("王小明", "xiaoming"), ("李娜", "lina")],
    subjects: &["星期四的会议", "湖边的照片"],
    words: &[
        "信", "早上", "家", "明天", "朋友", "问题", "书", "城市", "夏天", "工作", "谢谢", "河", "我们",
        "可以",
    ],
    space: "",
    stop: "。",
};
