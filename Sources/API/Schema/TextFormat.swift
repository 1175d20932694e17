/// What a text stands for, and what to tell somebody who wrote something else.
public struct TextFormat: Sendable, Equatable {
    /// The `format` of JSON Schema, where it has one.
    public let jsonSchemaName: String?
    /// What to do about a text that isn't of this format.
    public let instruction: LocalizedText

    public init(jsonSchemaName: String? = nil, english: String, french: String) {
        self.jsonSchemaName = jsonSchemaName
        instruction = LocalizedText(english: english, french: french)
    }
}

extension TextFormat {
    public static let plain = TextFormat(english: "Give another text.", french: "Donnez un autre texte.")
    public static let email = TextFormat(
        jsonSchemaName: "email", english: "Give an e-mail address such as name@example.org.",
        french: "Donnez une adresse e-mail comme nom@example.org.")
    public static let otherEmail = TextFormat(
        jsonSchemaName: "email", english: "Give another address than the present one.",
        french: "Donnez une autre adresse que l'actuelle.")
    public static let passkey = TextFormat(
        english: "Make another passkey: this one is not what was asked for, or in use already.",
        french: "Créez une autre clé d'accès : celle-ci n'est pas celle demandée, ou sert déjà.")
    public static let otherAddress = TextFormat(
        english: "Give a path that starts with /, or an address of this service.",
        french: "Donnez un chemin qui commence par /, ou une adresse de ce service.")
    public static let identifier = TextFormat(
        jsonSchemaName: "uuid", english: "Give an id as this service wrote it: a UUID in lower case.",
        french: "Donnez un identifiant tel que ce service l'a écrit : un UUID en minuscules.")
    public static let time = TextFormat(
        jsonSchemaName: "date-time", english: "Give a time such as 2026-01-31T12:00:00Z (RFC 3339).",
        french: "Donnez une date et une heure comme 2026-01-31T12:00:00Z (RFC 3339).")
    public static let timeToCome = TextFormat(
        jsonSchemaName: "date-time", english: "Give a time to come.", french: "Donnez une date à venir.")
    public static let timeZone = TextFormat(
        english: "Give the IANA name of a time zone such as Europe/Paris.",
        french: "Donnez le nom IANA d'un fuseau horaire comme Europe/Paris.")
    public static let personName = TextFormat(
        english: "Give a name of 1 to 100 characters on one line.",
        french: "Donnez un nom de 1 à 100 caractères sur une ligne.")
    public static let domain = TextFormat(
        jsonSchemaName: "hostname", english: "Give a domain such as example.org.",
        french: "Donnez un domaine comme example.org.")
    public static let plan = TextFormat(
        english: "Give the name of a plan: 1 to 64 characters without spaces.",
        french: "Donnez le nom d'une offre : 1 à 64 caractères sans espace.")
    public static let flagKey = TextFormat(
        english: "Give 1 to 64 lower-case letters and digits, with _, - or . between them.",
        french: "Donnez 1 à 64 lettres minuscules et chiffres, séparés par _, - ou .")
    public static let ownDomain = TextFormat(
        jsonSchemaName: "hostname",
        english: "Give a domain of your own: everybody can have an address at this one, or it is too long.",
        french: "Donnez un domaine à vous : tout le monde peut avoir une adresse à celui-ci, ou il est trop long.")
    public static let slug = TextFormat(
        english: "Give 2 to 63 lower-case letters and digits, with single hyphens between them.",
        french: "Donnez 2 à 63 lettres minuscules et chiffres, séparés par des traits d'union simples.")
    public static let role = TextFormat(
        english: "Give owner, admin, member, viewer, or the id of a role of the team.",
        french: "Donnez owner, admin, member, viewer, ou l'identifiant d'un rôle de l'équipe.")
    public static let addressRange = TextFormat(
        english: "Give an address or a network such as 192.0.2.0/24.",
        french: "Donnez une adresse ou un réseau comme 192.0.2.0/24.")
    public static let member = TextFormat(
        jsonSchemaName: "uuid", english: "Give the id of somebody who is in the team.",
        french: "Donnez l'identifiant d'une personne qui fait partie de l'équipe.")
    public static let reason = TextFormat(
        english: "Say why in 1 to 500 characters.", french: "Dites pourquoi en 1 à 500 caractères.")
    public static let password = TextFormat(
        jsonSchemaName: "password", english: "Give another password.", french: "Donnez un autre mot de passe.")
    public static let token = TextFormat(
        english: "Give the token exactly as it was sent.", french: "Donnez le jeton exactement tel qu'il a été envoyé.")
    public static let binary = TextFormat(
        jsonSchemaName: "base64url", english: "Give bytes in base64url without padding.",
        french: "Donnez des octets en base64url sans remplissage.")
    public static let cursor = TextFormat(
        english: "Give the next_cursor of the page before, unchanged.",
        french: "Donnez le next_cursor de la page précédente, sans le modifier.")
    public static let webhookURL = TextFormat(
        jsonSchemaName: "uri",
        english: "Give an https address that everybody can reach, without a user, a password or a part after #.",
        french: "Donnez une adresse https que tous peuvent joindre, sans utilisateur, mot de passe ni partie après #.")
    public static let address = TextFormat(
        jsonSchemaName: "uri", english: "Give a web address that starts with https://.",
        french: "Donnez une adresse web qui commence par https://.")
}
