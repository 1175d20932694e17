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
        case malformedURL(String)
        case refused(String)
        case timedOut
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
        let statement = Self.statement(for: settings, isLocal: false)
        let sent = statement.binds.withPointers { count, values, lengths, formats in
            PQsendQueryParams(connected.pointer, statement.text, count, nil, values, lengths, formats, 1) == 1
        }
        guard sent else { throw .refused(connected.message) }
        while true {
            while PQisBusy(connected.pointer) == 1 {
                guard connected.wait(for: Int16(POLLIN), until: deadline) else { throw .timedOut }
                guard PQconsumeInput(connected.pointer) == 1 else { throw .refused(connected.message) }
            }
            guard let result = PQgetResult(connected.pointer) else { return }
            let status = PQresultStatus(result)
            PQclear(result)
            guard status == PGRES_TUPLES_OK else { throw .refused(connected.message) }
        }
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

    private func parameters(attempt: Int) throws(Failure) -> [(name: String, value: String)] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            defer { PQfreemem(message) }
            throw .malformedURL(message.map { String(cString: $0) } ?? "")
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

/// A connection on its way from the thread that opened it to the one that drives it.
///
/// Unchecked: a `PGconn` may be used by any one thread at a time; it is handed over whole.
final class ConnectedHandle: @unchecked Sendable {
    private(set) var pointer: OpaquePointer?

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfinish(pointer)
    }

    /// Gives the `PGconn` away.
    func take() -> OpaquePointer? {
        defer { pointer = nil }
        return pointer
    }

    var message: String { String(cString: PQerrorMessage(pointer)) }

    /// - Returns: False when the deadline passed first.
    func wait(for events: Int16, until deadline: UInt64) -> Bool {
        while true {
            let now = Monotonic.now()
            guard now < deadline else { return false }
            var descriptor = pollfd(fd: PQsocket(pointer), events: events, revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: (deadline - now) / 1_000_000 + 1))
            if ready > 0 { return true }
            if ready < 0, errno != EINTR { return false }
        }
    }
}
