import Core
import Foundation
import Synchronization

/// Finds the addresses of a host's name.
struct HostResolver: Sendable {
    /// No address was found, or too many look-ups wait.
    struct Unresolved: Error {}

    private let look: @Sendable (_ name: String) async throws -> [IPAddress]

    init(_ look: @escaping @Sendable (_ name: String) async throws -> [IPAddress]) {
        self.look = look
    }

    /// The addresses in the order in which they are best tried (RFC 6724), at least one.
    /// - Throws: ``Unresolved``, `CancellationError`.
    func addresses(of name: String) async throws -> [IPAddress] {
        let found = try await look(name)
        guard !found.isEmpty else { throw Unresolved() }
        return found
    }

    /// The system's resolver, each look-up on a thread of its own: it may take many seconds, and nothing can end it.
    static let system = HostResolver { name in
        let isLet = lookups.withLock { count in
            guard count < mostLookups else { return false }
            count += 1
            return true
        }
        guard isLet else { throw Unresolved() }
        let (results, result) = AsyncStream.makeStream(of: [IPAddress].self)
        Thread.detachNewThread {
            result.yield(AddressInfo.addresses(of: name))
            result.finish()
            lookups.withLock { $0 -= 1 }
        }
        // Left by a task that is cancelled, while the thread goes on.
        for await found in results { return found }
        throw CancellationError()
    }

    /// Threads that look up at the same time.
    private static let mostLookups = 64
    private static let lookups = Mutex(0)
}

/// `getaddrinfo`.
private enum AddressInfo {
    static func addresses(of name: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Darwin)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [IPAddress] = []
        var next = list
        while let entry = next {
            if let address = address(of: entry.pointee), !found.contains(address) { found.append(address) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func address(of entry: addrinfo) -> IPAddress? {
        guard let pointer = entry.ai_addr else { return nil }
        let bytes = UnsafeRawBufferPointer(start: pointer, count: Int(entry.ai_addrlen))
        switch entry.ai_family {
        case AF_INET where bytes.count >= MemoryLayout<sockaddr_in>.size:
            return .v4(UInt32(bigEndian: bytes.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6 where bytes.count >= MemoryLayout<sockaddr_in6>.size:
            let six = bytes.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: six) { bytes in
                .v6(
                    high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
            }
        default: return nil
        }
    }
}
