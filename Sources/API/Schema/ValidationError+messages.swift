extension ValidationError.Reason {
    var code: String {
        switch self {
        case .required: "required"
        case .wrongType: "type"
        case .tooShort: "too_short"
        case .tooLong: "too_long"
        case .tooFew: "too_few"
        case .tooMany: "too_many"
        case .outOfRange: "out_of_range"
        case .invalid: "invalid"
        case .invalidCharacters: "invalid_characters"
        case .notAllowed: "not_allowed"
        case .repeated: "repeated"
        case .notTogether: "not_together"
        case .passwordRejected: "password_rejected"
        }
    }

    var instruction: LocalizedText {
        switch self {
        case .required:
            LocalizedText(english: "Fill in this field.", french: "Remplissez ce champ.")
        case .wrongType(let expected):
            LocalizedText(
                english: "Give \(expected.name.english) here.", french: "Donnez ici \(expected.name.french).")
        case .tooShort(let minimum):
            LocalizedText(
                english: "Use at least \(minimum) \(minimum == 1 ? "character" : "characters").",
                french: "Utilisez au moins \(minimum) \(minimum == 1 ? "caractère" : "caractères").")
        case .tooLong(let maximum):
            LocalizedText(
                english: "Use at most \(maximum) characters.", french: "Utilisez au plus \(maximum) caractères.")
        case .tooFew(let minimum):
            LocalizedText(english: "Give at least \(minimum).", french: "Donnez-en au moins \(minimum).")
        case .tooMany(let maximum):
            LocalizedText(english: "Give at most \(maximum).", french: "Donnez-en au plus \(maximum).")
        case .outOfRange(let range):
            LocalizedText(
                english: "Give a whole number from \(range.lowerBound) to \(range.upperBound).",
                french: "Donnez un nombre entier de \(range.lowerBound) à \(range.upperBound).")
        case .invalid(let format):
            format.instruction
        case .invalidCharacters:
            LocalizedText(
                english: "Remove line breaks and characters that can't be seen.",
                french: "Retirez les sauts de ligne et les caractères invisibles.")
        case .notAllowed(let choices):
            LocalizedText(
                english: "Choose one of: \(choices.joined(separator: ", ")).",
                french: "Choisissez parmi : \(choices.joined(separator: ", ")).")
        case .repeated:
            LocalizedText(english: "Give this only once.", french: "Ne donnez ceci qu'une seule fois.")
        case .notTogether:
            LocalizedText(english: "Give one of them only.", french: "N'en donnez qu'un seul.")
        case .passwordRejected(let rejection):
            rejection.instruction
        }
    }
}

extension ValidationError.PasswordRejection {
    fileprivate var instruction: LocalizedText {
        switch self {
        case .tooShort(let minimum):
            LocalizedText(
                english: "Choose a password of at least \(minimum) characters: a few words are easy to remember.",
                french:
                    "Choisissez un mot de passe d'au moins \(minimum) caractères : quelques mots se retiennent bien.")
        case .tooLong(let maximum):
            LocalizedText(
                english: "Choose a password of at most \(maximum) characters.",
                french: "Choisissez un mot de passe d'au plus \(maximum) caractères.")
        case .tooCommon:
            LocalizedText(
                english: "Choose another password: this one is among those that attackers try first.",
                french: "Choisissez un autre mot de passe : celui-ci est parmi les premiers que les pirates essaient.")
        case .tooEasyToGuess:
            LocalizedText(
                english: "Choose a password that isn't made of your name, your address or the name of this service.",
                french: "Choisissez un mot de passe sans votre nom, votre adresse ni le nom de ce service.")
        }
    }
}

extension JSONType {
    fileprivate var name: LocalizedText {
        switch self {
        case .text: LocalizedText(english: "a text", french: "un texte")
        case .integer: LocalizedText(english: "a whole number", french: "un nombre entier")
        case .number: LocalizedText(english: "a number", french: "un nombre")
        case .boolean: LocalizedText(english: "true or false", french: "true ou false")
        case .list: LocalizedText(english: "a list", french: "une liste")
        case .object: LocalizedText(english: "an object", french: "un objet")
        }
    }
}
