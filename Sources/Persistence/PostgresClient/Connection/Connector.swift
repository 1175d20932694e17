import CLibPQ

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Opens connections. Blocks (libpq resolves names and negotiates TLS in the calling thread), so it runs in threads of
/// its own.
struct Connector: Sendable {
    /// A libpq connection string or URI.
    let url: String
    /// How long one attempt may take, in nanoseconds.
    let timeout: UInt64
    /// Run-time parameters set for the whole session after connecting.
    let settings: [(name: String, value: String)]
    /// libpq's `sslmode` where the URL has none.
    let defaultTLSMode: String?
    /// Whether a server that only reads is passed over.
    let mustBeWritable: Bool

    enum Failure: Error {
        case malformedURL
        case refused(String)
        case timedOut

        /// For the log. What libpq says about a malformed string quotes it, and with it maybe the password.
        var loggable: String {
            switch self {
            case .malformedURL: "the connection string is malformed"
            case .refused(let message): message
            case .timedOut: "it took too long"
            }
        }
    }

    /// - Parameter attempt: Counts attempts: each begins with another of several hosts, so that one that swallows packets
    ///   is not waited for again.
    func connect(attempt: Int) throws(Failure) -> ConnectedHandle {
        let parameters = try parameters(attempt: attempt)
        let names = parameters.map { strdup($0.name) }
        let values = parameters.map { strdup($0.value) }
        defer { for pointer in names + values { free(pointer) } }
        var keywords = names.map { UnsafePointer($0) } + [nil]
        var settings = values.map { UnsafePointer($0) } + [nil]
        guard let handle = PQconnectStartParams(&keywords, &settings, 0) else { throw .refused("out of memory") }
        let connected = ConnectedHandle(handle)
        PQsetNoticeProcessor(handle, { _, _ in }, nil)  // libpq would print to standard error
        let deadline = Monotonic.now() &+ timeout
        var status = PGRES_POLLING_WRITING
        while status != PGRES_POLLING_OK {
            guard PQstatus(handle) != CONNECTION_BAD, status != PGRES_POLLING_FAILED else {
                throw .refused(connected.message)
            }
            let events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard connected.wait(for: Int16(events), until: deadline) else { throw .timedOut }
            status = PQconnectPoll(handle)
        }
        try configure(connected, until: deadline)
        return connected
    }

    private func configure(_ connected: ConnectedHandle, until deadline: UInt64) throws(Failure) {
        guard !settings.isEmpty else { return }
        try connected.run(Self.statement(for: settings, isLocal: false), until: deadline)
    }

    /// One statement that sets all parameters, for the session or for the transaction it is in.
    static func statement(for settings: [(name: String, value: String)], isLocal: Bool) -> SQL {
        var text: SQL = "select "
        for (index, setting) in settings.enumerated() {
            let separator = index == 0 ? "" : ", "
            text = "\(sql: text)\(unescaped: separator)set_config(\(setting.name), \(setting.value), \(isLocal))"
        }
        return text
    }

    /// What libpq is told, with the lists of hosts turned so that the attempt begins with another one.
    func parameters(attempt: Int) throws(Failure) -> [(name: String, value: String)] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            PQfreemem(message)
            throw .malformedURL
        }
        defer { PQconninfoFree(options) }
        var given: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { given[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        for list in ["host", "hostaddr", "port"] {
            guard let items = given[list]?.split(separator: ",", omittingEmptySubsequences: false), items.count > 1
            else { continue }
            let shift = attempt % items.count
            given[list] = (items[shift...] + items[..<shift]).joined(separator: ",")
        }
        given["client_encoding"] = "UTF8"
        given["fallback_application_name"] = "plinth"
        if given["target_session_attrs"] == nil, mustBeWritable { given["target_session_attrs"] = "read-write" }
        if given["sslmode"] == nil, let defaultTLSMode { given["sslmode"] = defaultTLSMode }
        return given.map { (name: $0.key, value: $0.value) }
    }
}
