import Core

/// The ways to say who asks.
enum Security {
    static let components: JSONValue = [
        "bearer": [
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token, for everything but browsers.",
        ],
        "cookie": [
            "type": "apiKey", "in": "cookie", "name": "__Host-plinth_access",
            "description": "Set at sign-in, for browsers. Unsafe methods must come from a page of this service.",
        ],
        "apiKey": [
            "type": "http", "scheme": "bearer", "bearerFormat": "plk_…",
            "description": "An API key, for what its scopes name.",
        ],
    ]

    static func requirements(of authentication: Authentication) -> JSONValue {
        let either: [JSONValue] = [["bearer": []], ["cookie": []]]
        return switch authentication {
        case .none: []
        case .optional: .array([[:]] + either)
        case .session, .superuser: .array(either)
        case .permitted(let permission):
            .array(either + [["apiKey": .array([.string(permission.rawValue)])]])
        }
    }
}

/// Headers that many requests may carry.
enum HeaderParameters {
    static let components: JSONValue = [
        "IdempotencyKey": header(
            "Idempotency-Key",
            "Sent again with the same request, it gives the first answer instead of a second effect.",
            ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"]),
        "IfMatch": header(
            "If-Match", "The entity tag that the resource must still have.", ["type": "string"]),
        "IfNoneMatch": header(
            "If-None-Match", "The entity tag that is known: 304 while it is current.", ["type": "string"]),
        "AcceptLanguage": header(
            "Accept-Language", "The language of messages.",
            ["type": "string", "examples": .array(Language.allCases.map { .string($0.rawValue) })]),
    ]

    static func references(for traits: EndpointTraits) -> [JSONValue] {
        var names = ["AcceptLanguage"]
        if traits.takesIdempotencyKey { names.append("IdempotencyKey") }
        switch traits.entityTag {
        case .none: break
        case .sent: names.append("IfNoneMatch")
        case .matched: names.append("IfMatch")
        }
        return names.map { ["$ref": .string("#/components/parameters/\($0)")] }
    }

    private static func header(_ name: String, _ summary: String, _ schema: JSONValue) -> JSONValue {
        [
            "name": .string(name), "in": "header", "required": false, "description": .string(summary),
            "schema": schema,
        ]
    }
}

/// Headers that answers carry.
enum ResponseHeaders {
    static let components: JSONValue = [
        "Location": ["description": "Where the thing that was made is found.", "schema": ["type": "string"]],
        "ETag": ["description": "The strong entity tag of the body.", "schema": ["type": "string"]],
        "WWW-Authenticate": ["description": "The credential that is wanted (RFC 6750).", "schema": ["type": "string"]],
        "Retry-After": ["description": "Seconds to wait.", "schema": ["type": "integer", "minimum": 0]],
    ]

    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/headers/\(name)")]
    }
}
