import Foundation

struct SocketFailure: Error {
    let code = errno
}

#if canImport(Darwin)
    private let stream = SOCK_STREAM
#else
    private let stream = Int32(SOCK_STREAM.rawValue)
#endif

/// Calls `body` with the address of a port of this machine.
private func withLoopback<Result>(
    port: Int, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}

/// Somebody who listens on a port and never answers.
struct Listener {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, stream, 0)
        let bound = withLoopback(port: 0) { bind(descriptor, $0, $1) }
        guard bound == 0, listen(descriptor, 1) == 0 else { throw SocketFailure() }
        self.descriptor = descriptor
        port = withLoopback(port: 0) { address, length in
            var length = length
            getsockname(descriptor, address, &length)
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(in_port_t(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    func close() {
        Foundation.close(descriptor)
    }
}

/// A connection to a server of this machine. Blocking.
struct Connection {
    /// What a test waits for an answer at most.
    private static let longestWaitSeconds = 60

    private let descriptor: Int32

    /// - Parameter receiveBufferBytes: For a reader that stalls soon.
    init(port: Int, receiveBufferBytes: Int32? = nil) throws {
        descriptor = socket(AF_INET, stream, 0)
        if var size = receiveBufferBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var limit = timeval(tv_sec: Self.longestWaitSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let descriptor = descriptor
        guard withLoopback(port: port, { connect(descriptor, $0, $1) }) == 0 else { throw SocketFailure() }
    }

    /// Sends all of it.
    func send(_ text: String) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, noSignal) }
            guard count > 0 else { throw SocketFailure() }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Sends it over and over until nothing more goes out: the other side waits for a reader then.
    func sendUntilFull(_ text: String) {
        let bytes = Array(text.utf8)
        while Foundation.send(descriptor, bytes, bytes.count, noSignal | Int32(MSG_DONTWAIT)) > 0 {}
    }

    /// All until the other side closes.
    func readToEnd() throws -> String {
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count >= 0 else { throw SocketFailure() }
            if count == 0 { return String(decoding: text, as: UTF8.self) }
            text += chunk.prefix(count)
        }
    }

    /// Something of what comes.
    func read() throws -> String {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { throw SocketFailure() }
        return String(decoding: chunk.prefix(count), as: UTF8.self)
    }

    func close() {
        Foundation.close(descriptor)
    }

    private var noSignal: Int32 {
        #if canImport(Darwin)
            0
        #else
            Int32(MSG_NOSIGNAL)
        #endif
    }
}
