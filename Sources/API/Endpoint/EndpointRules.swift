public import Core

/// Who may call an endpoint.
public enum Authentication: Sendable, Equatable {
    /// Anybody; a credential is not even looked at.
    case none
    /// Anybody; who is signed in is known as such.
    case optional
    /// Somebody who is signed in, by cookie or bearer token; no API key.
    case session
    /// Somebody who is signed in, or a program by an API key with this scope.
    case permitted(Permission)
    /// Somebody who is signed in, administers the installation and has a second factor.
    case superuser
}

extension Authentication {
    /// Whether only somebody who shows a credential may call.
    public var isRequired: Bool {
        switch self {
        case .none, .optional: false
        case .session, .permitted, .superuser: true
        }
    }
}

/// How an endpoint takes part in conditional requests (RFC 9110, section 13).
public enum EntityTagUse: Sendable, Equatable {
    case none
    /// Its answer carries an `ETag`; `If-None-Match` is honoured.
    case sent
    /// `If-Match` is honoured.
    case matched
}

/// What a body may measure, in bytes.
public struct BodyLimit: Sendable, Equatable {
    public let bytes: Int

    public init(bytes: Int) {
        self.bytes = bytes
    }

    /// 256 KiB.
    public static let standard = BodyLimit(bytes: 256 * 1024)
    /// 16 KiB, for endpoints that anybody may call.
    public static let authentication = BodyLimit(bytes: 16 * 1024)
    /// 1 MiB, for what other services report.
    public static let webhook = BodyLimit(bytes: 1024 * 1024)
}

/// A limit of an endpoint's own, below the general one.
public struct RateLimit: Sendable, Equatable {
    /// Requests of one principal, or of one address without one.
    public let perMinute: Int

    public init(perMinute: Int) {
        self.perMinute = perMinute
    }
}
