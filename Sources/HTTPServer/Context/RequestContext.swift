import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What a request carries along from middleware to middleware.
struct PlinthRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Made here, shown in every error and log line.
    let requestID: String
    /// The client's address, found behind trusted proxies.
    var clientAddress: String?
    var credential = Credential.none

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        requestID = RequestIDs.next()
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
