import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What the server knows before it looks at a request.
struct ConnectionContext: InitializableFromSource {
    let channel: any Channel
    let logger: Logger

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
        logger = source.logger
    }
}

/// What is known of a request beside itself.
final class PlinthRequestContext: Sendable {
    let channel: any Channel
    let logger: Logger
    /// Made here, shown in every error and log line.
    let requestID: String
    /// The client's address, found behind trusted proxies.
    let clientAddress: String?
    let credential: Credential
    /// The values of the path's parameters in their order, as they were sent.
    let pathValues: [Substring]

    init(
        _ connection: ConnectionContext, requestID: String, clientAddress: String?, credential: Credential,
        pathValues: [Substring] = []
    ) {
        channel = connection.channel
        logger = connection.logger
        self.requestID = requestID
        self.clientAddress = clientAddress
        self.credential = credential
        self.pathValues = pathValues
    }
}

extension Request {
    /// What errors are told in.
    var language: Language {
        headers[.acceptLanguage].map { Language(acceptLanguage: $0) } ?? .english
    }

    /// Whether a browser's page asks: it gets its tokens in cookies only.
    var isFromBrowser: Bool { headers.contains(.secFetchSite) }
}
