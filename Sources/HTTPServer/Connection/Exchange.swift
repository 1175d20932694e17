/// One request and its response on an HTTP/1 connection. Pure.
struct Exchange {
    /// A request was begun and its response has not ended.
    private(set) var isActive = false
    private(set) var requestEnded = false
    /// The final response's head was written: no other can be.
    private(set) var headSent = false
    /// The connection ends with this response.
    private(set) var closes = false
    /// The response has a head only.
    private(set) var isBodyless = false
    /// The client waits to be told to send its body.
    private(set) var awaitsContinue = false
    private(set) var traits: RequestTraits = []
    private var bodyBytes = 0
    private var bodyLimit = 0

    private static let statusesWithoutBody: Set<Int> = [204, 304]

    mutating func begin(_ traits: RequestTraits, bodyLimit: Int) {
        self = Exchange()
        isActive = true
        closes = traits.contains(.closes)
        awaitsContinue = traits.contains(.expectsContinue) && !traits.contains(.http10)
        self.traits = traits
        self.bodyLimit = bodyLimit
    }

    mutating func raiseBodyLimit(to limit: Int) {
        bodyLimit = limit
    }

    /// Counts a piece of the body. False when it goes over the limit.
    mutating func bodyArrived(_ bytes: Int) -> Bool {
        awaitsContinue = false
        bodyBytes += bytes
        return bodyBytes <= bodyLimit
    }

    mutating func requestDidEnd() {
        requestEnded = true
        awaitsContinue = false
    }

    /// True when the client is to be told, once, to send its body.
    mutating func takeContinue() -> Bool {
        defer { awaitsContinue = false }
        return isActive && awaitsContinue && !headSent
    }

    mutating func mustClose() {
        closes = true
    }

    /// The final head is about to be written. What the client has not sent by now is not waited for.
    mutating func respond(status: Int, closes: Bool) {
        headSent = true
        self.closes = self.closes || closes || !requestEnded
        isBodyless = traits.contains(.head) || Self.statusesWithoutBody.contains(status)
    }

    mutating func responseDidEnd() {
        isActive = false
    }
}
