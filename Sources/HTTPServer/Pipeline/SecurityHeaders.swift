package import HTTPTypes

/// The headers that every response carries, errors included, so that no route can forget one.
package enum SecurityHeaders {
    /// Two years, the least that browsers' preload lists accept with subdomains.
    private static let strictTransportSeconds = 63_072_000

    /// The headers of the JSON API: nothing it answers is ever a document to run, frame or embed.
    package static let api = fields([
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ])

    /// Added to the others when the response travels over https (RFC 6797 forbids it on plain http).
    package static let strictTransport = fields([
        ("Strict-Transport-Security", "max-age=\(strictTransportSeconds); includeSubDomains")
    ])

    /// Added to errors, and to whatever carries a credential.
    package static let noStore = fields([("Cache-Control", "no-store")])

    /// What every answer carries: `api`, and over https `strictTransport`.
    static func answer(isSecure: Bool) -> HTTPFields {
        isSecure ? joined([api, strictTransport]) : api
    }

    /// Adds what every answer carries, but what a page or a file has of its own.
    static func add(_ fields: HTTPFields, to headers: inout HTTPFields) {
        guard headers.contains(.contentSecurityPolicy) else { return headers.append(contentsOf: fields) }
        headers.append(contentsOf: fields.filter { !headers.contains($0.name) })
    }

    /// What an error carries: `api`, `noStore`, and over https `strictTransport`.
    package static func error(isSecure: Bool) -> HTTPFields {
        isSecure ? secureError : plainError
    }

    private static let plainError = joined([api, noStore])
    private static let secureError = joined([api, noStore, strictTransport])

    private static func joined(_ groups: [HTTPFields]) -> HTTPFields {
        var all = HTTPFields()
        for group in groups {
            all.append(contentsOf: group)
        }
        return all
    }

    private static func fields(_ pairs: [(name: String, value: String)]) -> HTTPFields {
        var fields = HTTPFields()
        for pair in pairs {
            guard let name = HTTPField.Name(pair.name) else { continue }
            fields.append(HTTPField(name: name, value: pair.value))
        }
        return fields
    }
}
