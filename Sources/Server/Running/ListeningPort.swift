import Foundation

/// Finds out before anything is started whether the server will be able to listen.
enum ListeningPort {
    /// Tries a port, without keeping it.
    /// - Returns: The port; for 0 one that is free now.
    static func find(host: String, port: Int) throws(StartError) -> Int {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        #if canImport(Darwin)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        guard code == 0, let address = found else {
            throw .hostUnusable(host: host, reason: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(found) }
        return try bind(to: address.pointee, host: host, port: port)
    }

    private static func bind(to address: addrinfo, host: String, port: Int) throws(StartError) -> Int {
        let descriptor = socket(address.ai_family, address.ai_socktype, 0)
        guard descriptor != -1 else {
            throw .hostUnusable(host: host, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        // As the server does: connections of the one before, which are ending, are no obstacle.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard Foundation.bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 else {
            switch errno {
            case EADDRINUSE: throw .portTaken(host: host, port: port)
            case EACCES: throw .portForbidden(port: port)
            case let code: throw .hostUnusable(host: host, reason: String(cString: strerror(code)))
            }
        }
        return port == 0 ? Self.port(of: descriptor) ?? port : port
    }

    /// The port that the system chose. It follows the family in `sockaddr_in` and `sockaddr_in6`, most significant byte
    /// first.
    private static func port(of descriptor: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_storage>.size)
        var length = socklen_t(bytes.count)
        let result = bytes.withUnsafeMutableBytes { raw in
            raw.withMemoryRebound(to: sockaddr.self) { getsockname(descriptor, $0.baseAddress, &length) }
        }
        guard result == 0, length >= 4 else { return nil }
        return Int(bytes[2]) << 8 | Int(bytes[3])
    }
}
