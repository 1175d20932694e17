/// The server's own object store, by signed links. With a store elsewhere the links lead there.
public enum ObjectEndpoints {
    public static let tag = "objects"

    public static let download = Endpoint<ObjectPath, Nothing, Nothing, Either<FileContent, NotModified>>(
        .get, "/objects/{token}", id: "downloadObject", tag: tag,
        summary: "The object that a link was made for, or a range of it.", authentication: .none,
        errors: [.rangeNotSatisfiable]
    ) {
        $0.entityTag = .none
    }

    public static let upload = Endpoint<ObjectPath, Nothing, Nothing, NoContent>(
        .put, "/objects/{token}", id: "uploadObject", tag: tag,
        summary: "Puts an object where a link was made for, of the link's type.", authentication: .none,
        errors: [.lengthRequired, .payloadTooLarge, .unsupportedMediaType, .malformedRequest, .requestTimeout]
    ) {
        $0.entityTag = .none
        $0.streamsBody = true
    }

    public static let all: [any DescribedEndpoint] = [download, upload]
}

/// Which link a path is of.
public struct ObjectPath: Codable, Sendable, Equatable {
    public let token: LinkTokenText

    public init(token: LinkTokenText) {
        self.token = token
    }
}

/// The last part of a link: a grant and its signature.
public struct LinkTokenText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for what no link ends with.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...1536, characters: .visibleASCII) }
    public static var example: String { "eyJrZXkiOiJhIn0.c2lnbmF0dXJl" }
}
