import Foundation
import Testing

@testable import PostgresClient

/// A PostgreSQL of the test's own that listens on the loopback address and takes nothing but TLS.
struct TLSServer {
    let port: Int
    /// The certificate that the server shows, made out to "localhost" and signed by itself.
    let certificate: String
    /// The certificate of somebody else.
    let otherCertificate: String

    /// A connection string for it.
    func url(host: String = "localhost", _ options: String = "") -> String {
        "host=\(host) hostaddr=127.0.0.1 port=\(port) user=\(LocalCluster.Address.user) dbname=plinth \(options)"
    }

    static func run(_ body: (TLSServer) async throws -> Void) async throws {
        try await withClusterDirectory { directory in
            if geteuid() == 0 { chmod(directory, 0o711) }
            let cluster = try await LocalCluster.start(.quick("\(directory)/postgres"), logger: .quiet)
            await cluster.stop()
            let server = TLSServer(
                port: try Machine.freePort(), certificate: "\(directory)/server.crt",
                otherCertificate: "\(directory)/other.crt")
            let key = "\(cluster.directory)/server.key"
            try makeCertificate(server.certificate, key: key)
            try makeCertificate(server.otherCertificate, key: "\(directory)/other.key")
            try LocalCluster.FileSystem.overwrite(
                "\(cluster.directory)/pg_hba.conf", with: "hostssl all all 127.0.0.1/32 trust\n")
            if geteuid() == 0 {
                let account = try LocalCluster.ServerAccount.find(for: cluster.directory)
                try LocalCluster.FileSystem.giveTree(key, to: account)
            }
            chmod(key, 0o600)
            chmod(server.certificate, 0o644)
            let settings = [
                "listen_addresses": "127.0.0.1", "port": "\(server.port)", "unix_socket_directories": "",
                "ssl": "on", "ssl_cert_file": server.certificate, "ssl_key_file": key, "fsync": "off",
            ]
            let controller = cluster.controller
            try await LocalCluster.onOwnThread {
                let outcome = try controller.start(
                    settings, log: "\(cluster.directory)/tls.log", cancellation: LocalCluster.Cancellation())
                guard outcome.succeeded else { throw Machine.Problem(text: outcome.output) }
            }
            let result: Result<Void, any Error>
            do {
                result = .success(try await body(server))
            } catch {
                result = .failure(error)
            }
            await LocalCluster.onOwnThread { _ = controller.stop(.immediate, withinSeconds: 5) }
            try result.get()
        }
    }

    private static func makeCertificate(_ path: String, key: String) throws {
        try Machine.run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", path)
    }
}
