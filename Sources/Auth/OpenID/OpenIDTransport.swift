public import Core
import Foundation

/// How requests reach a provider.
///
/// An implementation follows no redirects (an answer 3xx is handed back as it is), caps the size of an answer, and
/// gives up in its own time: connecting within 3 s, all within 10 s. It keeps no cookies. Anything thrown counts as
/// a provider that does not answer.
public protocol OpenIDTransport: Sendable {
    /// Asks for `application/json`.
    /// - Parameter bearerToken: For the header `Authorization`, when there is one.
    func get(_ url: String, bearerToken: BearerToken?) async throws -> OpenIDResponse

    /// Posts the fields as `application/x-www-form-urlencoded`; `PercentEncoding.encode(_:)` writes them. Not tried
    /// again: a code works once.
    /// - Parameter basicCredentials: For the header `Authorization`, when there are any.
    func post(
        form: [(String, String)], to url: String, basicCredentials: BasicCredentials?
    ) async throws -> OpenIDResponse
}

/// What a provider answered.
public struct OpenIDResponse: Sendable {
    public let status: Int
    /// The value of `Content-Type` with its parameters.
    public let contentType: String?
    public let body: [UInt8]

    public init(status: Int, contentType: String?, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

/// A client's name and secret at a token endpoint (`client_secret_basic`).
public struct BasicCredentials: Sendable, Equatable {
    public let user: String
    public let password: Secret

    public init(user: String, password: Secret) {
        self.user = user
        self.password = password
    }

    /// The value of `Authorization`: both are form-encoded before they are joined (RFC 6749 section 2.3.1). A secret.
    public var authorization: String {
        let secret = String(decoding: password.revealed(), as: UTF8.self)
        let pair = "\(PercentEncoding.encode(user)):\(PercentEncoding.encode(secret))"
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }
}
