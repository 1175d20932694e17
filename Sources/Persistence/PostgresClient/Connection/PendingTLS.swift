import CLibPQ

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What the TLS library has decrypted and libpq has not read.
///
/// libpq reads at least 8 KiB at a time, and a record holds up to 16 KiB: the rest of one stays in OpenSSL, and the
/// socket looks empty. (Servers before PostgreSQL 17 send 8 KiB at most.) libpq tells nobody, so OpenSSL is asked; it is
/// looked up at run time, as libpq may have been built with another library or none.
struct PendingTLS {
    private typealias Question = @convention(c) (UnsafeMutableRawPointer) -> Int32

    private static let question: Question? = {
        #if canImport(Darwin)
            let everywhere = UnsafeMutableRawPointer(bitPattern: -2)
        #else
            let everywhere: UnsafeMutableRawPointer? = nil
        #endif
        return dlsym(everywhere, "SSL_pending").map { unsafeBitCast($0, to: Question.self) }
    }()

    private let session: UnsafeMutableRawPointer
    private let question: Question

    /// - Returns: nil for a connection without TLS.
    init?(of connection: OpaquePointer) {
        guard PQsslInUse(connection) == 1, let session = PQsslStruct(connection, "OpenSSL"),
            let question = Self.question
        else { return nil }
        (self.session, self.question) = (session, question)
    }

    var isWaiting: Bool { question(session) > 0 }
}
