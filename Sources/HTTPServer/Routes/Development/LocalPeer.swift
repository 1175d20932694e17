import API
import Core
import HTTPTypes
import Hummingbird

/// Whether a request comes from this machine and asks for it by a loopback host, so that no page of another site reaches
/// what is for developers by rebinding a name.
enum LocalPeer {
    private static let loopback = ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }

    /// - Throws: ``ProblemError``, the answer that there is nothing here.
    static func require(_ request: Request, _ context: PlinthRequestContext) throws {
        guard isLocal(context.channel.remoteAddress?.ipAddress), hasLocalHost(request), !isForwarded(request)
        else { throw ProblemError(.notFound) }
    }

    /// A proxy on this machine is a loopback peer itself, and may well ask for a loopback host.
    private static func isForwarded(_ request: Request) -> Bool {
        request.headers.contains(.forwarded) || request.headers.contains(.xForwardedFor)
    }

    private static func isLocal(_ address: String?) -> Bool {
        address.map { address in loopback.contains { $0.contains(address) } } ?? false
    }

    private static func hasLocalHost(_ request: Request) -> Bool {
        guard let authority = request.head.authority else { return false }
        if authority.hasPrefix("[") { return isLocal(String(authority.dropFirst().prefix { $0 != "]" })) }
        let host = String(authority.prefix { $0 != ":" })
        return host == "localhost" || isLocal(host)
    }
}
