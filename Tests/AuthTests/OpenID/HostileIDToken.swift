import Core
import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import Auth

/// A token that must not be accepted, and what is said of it.
struct HostileIDToken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let problem: OpenIDProblem
    let forge: @Sendable (OpenIDFixture) throws -> String

    init(
        _ description: String, _ problem: OpenIDProblem, forge: @escaping @Sendable (OpenIDFixture) throws -> String
    ) {
        testDescription = description
        self.problem = problem
        self.forge = forge
    }

    /// A rightly signed token with another value in a claim, or without the claim.
    static func claim(_ name: String, _ value: String?, _ problem: OpenIDProblem) -> HostileIDToken {
        HostileIDToken("\(name): \(value ?? "missing")".prefix(80).description, problem) {
            try $0.token().claim(name, value).text()
        }
    }

    /// The same, a time in seconds from now.
    static func time(_ name: String, _ seconds: Int64, _ problem: OpenIDProblem) -> HostileIDToken {
        HostileIDToken("\(name): now \(seconds) s", problem) {
            try $0.token().claim(name, "\($0.now.seconds + seconds)").text()
        }
    }

    /// A rightly signed token with another value in its header, or without it.
    static func header(_ name: String, _ value: String?, _ problem: OpenIDProblem) -> HostileIDToken {
        HostileIDToken("header \(name): \(value ?? "missing")", problem) {
            try $0.token().header(name, value).text()
        }
    }

    /// Signed with a key of which everybody knows the bytes.
    static func keyed(_ description: String, _ bytes: @escaping @Sendable () throws -> [UInt8]) -> HostileIDToken {
        HostileIDToken("HS256 with \(description)", .wrongAlgorithm) { fixture in
            let secret = SymmetricKey(data: try bytes())
            return try fixture.token(fixture.rsa).header("alg", "HS256".quoted).text {
                Array(HMAC<SHA256>.authenticationCode(for: $0, using: secret))
            }
        }
    }
}
