import CCurl
import Core
import Synchronization

/// One mail on its way to a mail server.
final class SMTPTransfer: Sendable {
    struct Limits {
        /// To being let in: connection, TLS, greeting and sign-in. Servers that fight spam keep callers waiting for seconds
        /// before they greet.
        let opening: Duration
        /// To the answer after the last byte. Longer than for other calls: who gives up just before it sends a mail twice
        /// (RFC 5321, section 4.5.3.2.6).
        let whole: Duration

        static let standard = Limits(opening: .seconds(20), whole: .seconds(30))
    }

    private let message: EmailMessage
    private let server: SMTPServer
    private let limits: Limits
    private let isCancelled = Atomic(false)
    private let dialogue = Mutex(Dialogue())

    /// How far it has come.
    private struct Dialogue {
        /// The last command, such as `RCPT`.
        var command = ""
        /// Its answer, where that was a refusal.
        var refusal: SMTPReply?
        /// Whether the server was told whom the mail is for.
        var wasAddressed = false
    }

    /// libcurl is made ready once, before threads use it.
    private static let isReady = plinth_curl_prepare() == CURLE_OK

    init(message: EmailMessage, server: SMTPServer, limits: Limits) {
        self.message = message
        self.server = server
        self.limits = limits
    }

    /// Ends it within a second.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Blocks, beyond the outcome until the connection is closed: a server that fell silent is given time to say goodbye.
    /// - Parameter finish: Called once, with ``MailFailure`` or `CancellationError` for a mail that was not sent.
    func run(finish: (Result<Void, any Error>) -> Void) {
        guard Self.isReady, let handle = curl_easy_init() else {
            return finish(.failure(MailFailure.temporary(reason: "libcurl has no memory")))
        }
        let lists = CurlLists()
        let mime = curl_mime_init(handle)
        defer {
            curl_easy_cleanup(handle)
            curl_mime_free(mime)
        }
        withExtendedLifetime(lists) {
            let problem = configure(handle, lists) ?? fill(mime, of: handle)
            finish(outcome(problem ?? curl_easy_perform(handle)))
        }
    }

    private func outcome(_ code: CURLcode) -> Result<Void, any Error> {
        if code == CURLE_OK { return .success(()) }
        return .failure(isCancelled.load(ordering: .relaxed) ? CancellationError() : failure(code))
    }

    /// - Returns: What libcurl refuses; nil for nothing.
    private func configure(_ handle: UnsafeMutableRawPointer, _ lists: CurlLists) -> CURLcode? {
        let context = Unmanaged.passUnretained(self).toOpaque()
        var steps = [
            plinth_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
            // Greets with the sender's domain: the bare name of a machine is none that strict servers take.
            plinth_curl_set_text(handle, CURLOPT_URL, "\(server.address)/\(message.from.address.domain)"),
            plinth_curl_set_text(handle, CURLOPT_PROXY, ""),
            plinth_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.opening.microseconds / 1000)),
            plinth_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(limits.whole.microseconds / 1000)),
            plinth_curl_set_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(limits.whole.secondsRoundedUp)),
            plinth_curl_set_long(handle, CURLOPT_USE_SSL, Int(encryption.rawValue)),
            plinth_curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(message.from.address.wireForm)>"),
            plinth_curl_set_list(handle, CURLOPT_MAIL_RCPT, lists.make(["<\(message.to.wireForm)>"])),
            plinth_curl_set_list(
                handle, CURLOPT_HTTPHEADER,
                lists.make(MailFields.lines(of: message) + ["Content-Type: multipart/alternative"])),
            plinth_curl_set_pointer(handle, CURLOPT_HEADERDATA, context),
            plinth_curl_set_data(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                SMTPTransfer.from(context)?.heard(bytes, size * count)
                return size * count
            },
            plinth_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context),
            plinth_curl_set_progress(handle) { context, _, _, _, _ in
                SMTPTransfer.from(context)?.isCancelled.load(ordering: .relaxed) == true ? 1 : 0
            },
            plinth_curl_set_long(handle, CURLOPT_NOPROGRESS, 0),
            plinth_curl_set_pointer(handle, CURLOPT_DEBUGDATA, context),
            plinth_curl_set_debug(handle) { _, kind, bytes, count, context in
                if kind == CURLINFO_HEADER_OUT { SMTPTransfer.from(context)?.said(bytes, count) }
                return 0
            },
            plinth_curl_set_long(handle, CURLOPT_VERBOSE, 1),
        ]
        if let user = server.user, let password = server.password {
            steps.append(plinth_curl_set_text(handle, CURLOPT_USERNAME, user))
            steps.append(
                plinth_curl_set_text(
                    handle, CURLOPT_PASSWORD, String(decoding: password.revealed(), as: UTF8.self)))
        }
        if server.encryption == .offered, server.rootCertificate == nil {
            // Nothing leaves this machine, and without TLS it would be let through as well.
            steps.append(plinth_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 0))
            steps.append(plinth_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 0))
        }
        if let file = server.rootCertificate { steps.append(plinth_curl_set_text(handle, CURLOPT_CAINFO, file)) }
        return steps.first { $0 != CURLE_OK }
    }

    private var encryption: curl_usessl {
        switch server.encryption {
        case .fromTheStart, .startTLS: CURLUSESSL_ALL
        case .offered: CURLUSESSL_TRY
        }
    }

    /// The plainest first (RFC 2046, section 5.1.4).
    private func fill(_ mime: OpaquePointer?, of handle: UnsafeMutableRawPointer) -> CURLcode? {
        for (type, text) in [("text/plain", message.text), ("text/html", message.html)] {
            let part = curl_mime_addpart(mime)
            // Line ends of the network (RFC 5322, section 2.3).
            let content = Array(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
            let steps = [
                content.withUnsafeBytes {
                    curl_mime_data(part, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
                },
                curl_mime_type(part, "\(type); charset=utf-8"), curl_mime_encoder(part, "quoted-printable"),
            ]
            if let problem = steps.first(where: { $0 != CURLE_OK }) { return problem }
        }
        let problem = plinth_curl_set_mime(handle, mime)
        return problem == CURLE_OK ? nil : problem
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> SMTPTransfer? {
        context.map { Unmanaged<SMTPTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Of a command only its name is kept: others carry addresses and passwords.
    private func said(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
        let name = String(decoding: UnsafeRawBufferPointer(start: bytes, count: min(count, 4)), as: UTF8.self)
        dialogue.withLock { dialogue in
            dialogue.command = name.uppercased()
            if dialogue.command == "RCPT" { dialogue.wasAddressed = true }
        }
    }

    private func heard(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        dialogue.withLock { dialogue in
            // After a refusal the connection is closed in good form, which the server agrees to.
            if dialogue.command != "QUIT" { dialogue.refusal = SMTPReply(line: line) }
        }
    }

    private func failure(_ code: CURLcode) -> MailFailure {
        let explanation = "SMTP: \(String(cString: curl_easy_strerror(code)))"
        // Only these say that a reply, not the connection, ended it.
        guard code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY,
            case let dialogue = dialogue.withLock({ $0 }), let reply = dialogue.refusal
        else { return .temporary(reason: explanation) }
        let reason = "SMTP: the server said \(reply.text)"
        // Before it has heard of the recipient it refuses us, not this mail.
        return dialogue.wasAddressed ? reply.failure(reason: reason) : .temporary(reason: reason)
    }
}

/// The lists handed to libcurl, which must live as long as its handle uses them.
private final class CurlLists {
    private var lists: [UnsafeMutablePointer<curl_slist>?] = []

    func make(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) ?? list }
        lists.append(list)
        return list
    }

    deinit {
        for list in lists { curl_slist_free_all(list) }
    }
}
