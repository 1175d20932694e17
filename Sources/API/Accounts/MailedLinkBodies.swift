public import Core

/// An address that a mail may go to.
public struct EmailRequest: Codable, Sendable {
    public let email: EmailAddress

    public init(email: EmailAddress) {
        self.email = email
    }
}

/// The token out of a mailed link.
public struct MailedTokenRequest: Codable, Sendable {
    public let token: TokenText

    public init(token: TokenText) {
        self.token = token
    }
}

/// The token out of a mailed link, and the password that it is to set.
public struct ResetPasswordRequest: Codable, Sendable {
    public let token: TokenText
    public let password: PasswordText

    public init(token: TokenText, password: PasswordText) {
        self.token = token
        self.password = password
    }
}

/// The token out of a mailed link that signs in.
public struct MagicLinkRequest: Codable, Sendable {
    public let token: TokenText
    public let deviceName: DeviceNameText?

    public init(token: TokenText, deviceName: DeviceNameText? = nil) {
        self.token = token
        self.deviceName = deviceName
    }

    private enum CodingKeys: String, CodingKey {
        case token
        case deviceName = "device_name"
    }
}

/// Tells that a link is on its way, whether or not one is.
public struct LinkSentResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case linkSent = "link_sent"
    }

    public let status: Status

    public init() {
        status = .linkSent
    }
}

public struct VerifyEmailResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case verified
    }

    public let status: Status

    public init() {
        status = .verified
    }
}

/// The address was changed by a link.
public struct EmailChangedResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case changed
    }

    public let status: Status

    public init() {
        status = .changed
    }
}

/// The change of address was undone, and the password taken away.
public struct EmailChangeUndoneResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        /// A link to choose another password is on its way to the address given back.
        case undone
    }

    public let status: Status

    public init() {
        status = .undone
    }
}
