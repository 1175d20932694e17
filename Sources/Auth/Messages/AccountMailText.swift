import Core

/// The words of a mail in one language, around its link.
struct AccountMailText {
    private static let hoursToVerify = Lifetimes.emailVerification / .hours(1)

    let subject: String
    let body: String

    init(_ kind: AccountMail.Kind, in language: Language, product: String, link: String) {
        switch language {
        case .english: self = Self.english(kind, product: product, link: link)
        case .french: self = Self.french(kind, product: product, link: link)
        }
    }

    private init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }

    private static func english(_ kind: AccountMail.Kind, product: String, link: String) -> AccountMailText {
        switch kind {
        case .verifyEmail:
            AccountMailText(
                subject: "Confirm your address for \(product)",
                body: """
                    Hello,

                    someone, hopefully you, opened an account at \(product) with this address. Confirm it within \
                    \(Int(hoursToVerify)) hours:

                    \(link)

                    If it was not you, do nothing: without this confirmation the account can't be used.

                    \(product)

                    """)
        case .alreadyRegistered:
            AccountMailText(
                subject: "You already have an account at \(product)",
                body: """
                    Hello,

                    someone, hopefully you, tried to open an account at \(product) with this address, which already has one. \
                    Nothing was changed. Sign in here:

                    \(link)

                    If it was not you, do nothing.

                    \(product)

                    """)
        case .refreshTokenReused:
            AccountMailText(
                subject: "A device was signed out of \(product)",
                body: """
                    Hello,

                    one of your devices was signed out of \(product), because a credential of it was used a second time. \
                    It may have been copied. Look at your signed-in devices, and change your password if one of them is \
                    not yours:

                    \(link)

                    \(product)

                    """)
        }
    }

    private static func french(_ kind: AccountMail.Kind, product: String, link: String) -> AccountMailText {
        switch kind {
        case .verifyEmail:
            AccountMailText(
                subject: "Confirmez votre adresse pour \(product)",
                body: """
                    Bonjour,

                    quelqu’un, vous sans doute, a ouvert un compte \(product) avec cette adresse. Confirmez-la dans les \
                    \(Int(hoursToVerify)) heures :

                    \(link)

                    Si ce n’était pas vous, ne faites rien : sans confirmation, le compte est inutilisable.

                    \(product)

                    """)
        case .alreadyRegistered:
            AccountMailText(
                subject: "Vous avez déjà un compte \(product)",
                body: """
                    Bonjour,

                    quelqu’un, vous sans doute, a voulu ouvrir un compte \(product) avec cette adresse, qui en a déjà un. \
                    Rien n’a été changé. Connectez-vous ici :

                    \(link)

                    Si ce n’était pas vous, ne faites rien.

                    \(product)

                    """)
        case .refreshTokenReused:
            AccountMailText(
                subject: "Un appareil a été déconnecté de \(product)",
                body: """
                    Bonjour,

                    un de vos appareils a été déconnecté de \(product), parce qu’un de ses jetons a servi une seconde \
                    fois. Il a peut-être été copié. Vérifiez vos appareils connectés, et changez de mot de passe si l’un \
                    d’eux n’est pas le vôtre :

                    \(link)

                    \(product)

                    """)
        }
    }
}
