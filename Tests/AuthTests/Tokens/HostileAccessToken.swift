import Core
import Crypto
import Foundation
import Testing

@testable import Auth

/// A text that must not be accepted for an access token, and what is said of it.
struct HostileAccessToken: Sendable, CustomTestStringConvertible {
    private static let longestDescription = 80

    let testDescription: String
    let problem: AccessTokenProblem
    let forge: @Sendable (AttackedInstallation) throws -> String

    init(
        _ description: String, _ problem: AccessTokenProblem,
        forge: @escaping @Sendable (AttackedInstallation) throws -> String
    ) {
        testDescription = String(description.prefix(Self.longestDescription))
        self.problem = problem
        self.forge = forge
    }

    static let all = headers + keyNames + symmetric + signatures + forms + texts + claims + parties + times

    /// A rightly signed token with another value in its header, or without it.
    static func header(_ name: String, _ value: String?, _ problem: AccessTokenProblem) -> HostileAccessToken {
        HostileAccessToken("header \(name): \(value ?? "missing")", problem) {
            try $0.draft().header(name, value).text()
        }
    }

    /// A rightly signed token whose header is another text.
    static func header(_ description: String, _ text: @escaping @Sendable (String) -> String) -> HostileAccessToken {
        HostileAccessToken("header: \(description)", .malformed) {
            let draft = $0.draft()
            return try draft.text(header: text(draft.header.text))
        }
    }

    /// A rightly signed token with another value in a claim, or without the claim.
    static func claim(_ name: String, _ value: String?, _ problem: AccessTokenProblem) -> HostileAccessToken {
        HostileAccessToken("claim \(name): \(value ?? "missing")", problem) {
            try $0.draft().claim(name, value).text()
        }
    }

    /// A rightly signed token whose claims are another text.
    static func claims(_ description: String, _ text: @escaping @Sendable (String) -> String) -> HostileAccessToken {
        HostileAccessToken("claims: \(description)", .malformed) {
            let draft = $0.draft()
            return try draft.text(claims: text(draft.claims.text))
        }
    }

    /// A rightly signed token with a time in seconds from now.
    static func time(_ name: String, _ seconds: Int64, _ problem: AccessTokenProblem) -> HostileAccessToken {
        HostileAccessToken("\(name): now \(seconds) s", problem) {
            try $0.draft().claim(name, "\($0.now.seconds + seconds)").text()
        }
    }

    /// A token with what is made of the right signature's 64 bytes.
    static func signature(
        _ description: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> HostileAccessToken {
        HostileAccessToken("signature: \(description)", .badSignature) {
            try $0.draft().textWithSignature(change)
        }
    }

    /// What is made of the three parts of a right token.
    static func form(_ description: String, _ join: @escaping @Sendable ([String]) -> String) -> HostileAccessToken {
        HostileAccessToken("form: \(description)", .malformed) { try join($0.draft().parts()) }
    }
}
