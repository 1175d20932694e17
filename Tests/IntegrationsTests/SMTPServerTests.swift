import Core
import Testing

@testable import Integrations

struct SMTPServerTests {
    @Test func `a URL says where, how and as whom`() throws {
        let tls = try SMTPServer(url: "smtps://apikey:p%40ss%3Aword@mail.example.com")
        #expect(tls.address == "smtps://mail.example.com:465")
        #expect(tls.encryption == .fromTheStart)
        #expect(tls.user == "apikey")
        #expect(tls.password == Secret("p@ss:word"))
        let start = try SMTPServer(url: "smtp://mail.example.com:2525?sslrootcert=/etc/ca.pem")
        #expect(start.address == "smtp://mail.example.com:2525")
        #expect(start.encryption == .startTLS)
        #expect(start.rootCertificate == "/etc/ca.pem")
        #expect(start.summary == "SMTP server mail.example.com port 2525")
        #expect(try SMTPServer(url: "smtp://mail.example.com").port == 587)
        #expect(try SMTPServer(url: "smtp://[2001:db8::1]").address == "smtp://[2001:db8::1]:587")
    }

    @Test(arguments: ["localhost", "127.0.0.1", "[::1]", "127.8.9.1"])
    func `only what stays on this machine may do without TLS`(host: String) throws {
        #expect(try SMTPServer(url: "smtp://\(host):1025").encryption == .offered)
    }

    @Test(arguments: ["localhost.example.com", "127.0.0.1.example.com", "10.0.0.1", "[::2]", "mail"])
    func `what leaves it needs TLS`(host: String) throws {
        #expect(try SMTPServer(url: "smtp://\(host)").encryption == .startTLS)
    }

    @Test(arguments: [
        "", "mail.example.com", "http://mail.example.com", "smtp://", "smtp://user@mail.example.com",
        "smtp://mail.example.com/path", "smtp://mail.example.com?tls=off", "smtp://mail.example.com?sslrootcert=",
        "smtp://user:?pw@mail.example.com", "smtp://user:#pw@mail.example.com", "smtp://mail.example.com:0",
    ])
    func `what names no server is refused`(url: String) {
        #expect(throws: SMTPServer.Problem.self) { try SMTPServer(url: url) }
    }

    @Test(arguments: [
        (550, "550 5.1.1 <ada@example.com>: no", MailFailure.noSuchRecipient(reason: "r")),
        (550, "550 no such user", .refused(reason: "r")),
        (554, "554 5.7.1 blocked", .temporary(reason: "r")),
        (550, "550 5.1.8 sender's domain not found", .temporary(reason: "r")),
        (550, "550 5.1.0 address rejected", .temporary(reason: "r")),
        (550, "550 5.1.10 null MX", .noSuchRecipient(reason: "r")),
        (552, "552-5.2.2 full", .refused(reason: "r")),
        (451, "451 4.3.0 later", .temporary(reason: "r")),
        (535, "535 5.7.8 credentials", .temporary(reason: "r")),
    ])
    func `a reply says whether another try is of use`(code: Int, line: String, failure: MailFailure) throws {
        let reply = try #require(SMTPReply(line: line))
        #expect(reply.code == code)
        #expect(reply.failure(reason: "r") == failure)
    }

    @Test func `of a reply only its codes are kept`() {
        #expect(SMTPReply(line: "550 5.1.1 <ada@example.com>: no such user")?.text == "550 5.1.1")
        #expect(SMTPReply(line: "550 ada@example.com")?.text == "550")
        for line in ["", "221 Bye", "5", "5xx"] { #expect(SMTPReply(line: line) == nil) }
    }
}
