import NIOCore
import NIOPosix
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A TCP client that sends exactly the bytes it is told to, for what no HTTP client would do.
///
/// Its calls block, on threads of their own, never on the cooperative pool.
final class RawConnection: Sendable {
    struct Failure: Error, Equatable {
        let call: String
        let code: Int32
    }

    /// More than all tests at once block. Dispatch's queues would not do: their threads are the cooperative pool's.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 128)
        threads.start()
        return threads
    }()
    private static let chunk = 65_536

    private let descriptor: Int32
    private let isOpen = Mutex(true)

    /// Connects to a port of 127.0.0.1. A small `receiveBuffer` makes a client that reads late be felt early.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        let result = try SocketAddress(ipAddress: "127.0.0.1", port: port).withSockAddr { address, size in
            connect(descriptor, address, socklen_t(size))
        }
        guard result == 0 else {
            let code = errno
            closeSocket()
            throw Failure(call: "connect", code: code)
        }
    }

    deinit {
        closeSocket()
    }

    /// Sends all of it; fails when the peer has closed or takes nothing for `timeout`.
    func send(_ text: String, timeout: Duration = .seconds(30)) async throws {
        try await send(Array(text.utf8), timeout: timeout)
    }

    func send(_ bytes: [UInt8], timeout: Duration = .seconds(30)) async throws {
        try await Self.blocking {
            var rest = bytes[...]
            while !rest.isEmpty {
                guard self.waitFor(Int32(POLLOUT), timeout: timeout) else {
                    throw Failure(call: "poll", code: ETIMEDOUT)
                }
                let sent = rest.withUnsafeBytes { Self.sendQuietly(self.descriptor, $0) }
                if sent < 0, errno != EAGAIN, errno != EINTR { throw Failure(call: "send", code: errno) }
                rest = rest.dropFirst(max(sent, 0))
            }
        }
    }

    /// Sends piece after piece, each a little later than the one before, until the peer has something to say.
    func drip(every interval: Duration = .milliseconds(20), _ piece: @escaping @Sendable (Int) -> String) async throws {
        try await Self.blocking {
            var number = 0
            while !self.waitFor(Int32(POLLIN), timeout: interval) {
                let bytes = Array(piece(number).utf8)
                let sent = bytes.withUnsafeBytes { Self.sendQuietly(self.descriptor, $0) }
                guard sent == bytes.count else { throw Failure(call: "send", code: errno) }
                number += 1
            }
        }
    }

    /// What arrives until `isEnough` says so, the peer closes, or `timeout` has passed without that.
    func receive(
        timeout: Duration = .seconds(30),
        until isEnough: @escaping @Sendable (String) -> Bool
    ) async -> String {
        let bytes = try? await Self.blocking {
            var received: [UInt8] = []
            let deadline = ContinuousClock.now + timeout
            while ContinuousClock.now < deadline,
                let more = self.receiveSome(timeout: deadline - .now), !more.isEmpty
            {
                received += more
                if isEnough(String(decoding: received, as: UTF8.self)) { break }
            }
            return received
        }
        return String(decoding: bytes ?? [], as: UTF8.self)
    }

    /// Why no more was waited for.
    enum Ending {
        case enough
        case closed
        case timedOut
    }

    /// The bytes that arrive until `isEnough` says so, the peer closes, or `timeout` has passed.
    func receiveBytes(
        timeout: Duration = .seconds(30), until isEnough: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }
    ) async throws -> (bytes: [UInt8], ending: Ending) {
        try await Self.blocking {
            var received: [UInt8] = []
            let deadline = ContinuousClock.now + timeout
            while ContinuousClock.now < deadline {
                guard let more = self.receiveSome(timeout: deadline - .now) else { continue }
                if more.isEmpty { return (received, .closed) }
                received += more
                if isEnough(received) { return (received, .enough) }
            }
            return (received, .timedOut)
        }
    }

    /// How many bytes arrive until the peer closes, `enough` have come, or `timeout` has passed.
    func receiveCount(enough: Int = .max, timeout: Duration = .seconds(30)) async -> Int {
        let count = try? await Self.blocking {
            var count = 0
            let deadline = ContinuousClock.now + timeout
            while count < enough, ContinuousClock.now < deadline,
                let more = self.receiveSome(timeout: deadline - .now), !more.isEmpty
            {
                count += more.count
            }
            return count
        }
        return count ?? 0
    }

    /// Everything until the peer closes; nil when it has not after `timeout`.
    func receiveToEnd(timeout: Duration = .seconds(30)) async -> String? {
        try? await Self.blocking {
            var received: [UInt8] = []
            let deadline = ContinuousClock.now + timeout
            while ContinuousClock.now < deadline {
                guard let more = self.receiveSome(timeout: deadline - .now) else { continue }
                if more.isEmpty { return String(decoding: received, as: UTF8.self) }
                received += more
            }
            throw Failure(call: "recv", code: ETIMEDOUT)
        }
    }

    /// Tells the peer that nothing more comes, and goes on reading.
    func closeOutput() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        closeSocket()
    }

    private func closeSocket() {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            isOpen = false
            #if canImport(Darwin)
                _ = Darwin.close(descriptor)
            #else
                _ = Glibc.close(descriptor)
            #endif
        }
    }

    /// Empty at the end, nil when nothing came in time.
    private func receiveSome(timeout: Duration) -> [UInt8]? {
        guard waitFor(Int32(POLLIN), timeout: timeout) else { return nil }
        var buffer = [UInt8](repeating: 0, count: Self.chunk)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : []
    }

    private func waitFor(_ events: Int32, timeout: Duration) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        let parts = timeout.components
        let milliseconds = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
        #if canImport(Darwin)
            return Darwin.poll(&poll, 1, Int32(clamping: max(milliseconds, 1))) > 0
        #else
            return Glibc.poll(&poll, 1, Int32(clamping: max(milliseconds, 1))) > 0
        #endif
    }

    private static func sendQuietly(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.send(descriptor, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
        #else
            Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        #endif
    }

    private static func blocking<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await threads.runIfActive(work)
    }
}
