import Testing

@testable import PostgresClient

struct ClusterTextTests {
    @Test func `a complete postmaster file is read`() throws {
        let text = "4711\n/data\n1700000000\n5433\n/tmp/plinth-0-ab\n\n  5432001    32768\nready   \n"
        let postmaster = try #require(LocalCluster.Postmaster(parsing: text))
        #expect(postmaster.process == 4711)
        #expect(postmaster.port == 5433)
        #expect(postmaster.socketDirectory == "/tmp/plinth-0-ab")
        #expect(postmaster.isReady)
    }

    @Test func `a postmaster that starts has not said where it listens`() throws {
        let postmaster = try #require(LocalCluster.Postmaster(parsing: "4711\n/data\n1700000000\n5432\n"))
        #expect(postmaster.socketDirectory == nil)
        #expect(!postmaster.isReady)
    }

    @Test(arguments: ["", "\n", "word\n", "0\n", "99999999999999\n", "-2147483648\n"])
    func `what is no postmaster file is not read`(_ text: String) {
        #expect(LocalCluster.Postmaster(parsing: text) == nil)
    }

    @Test(
        arguments: [
            ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", 15), ("postgres (PostgreSQL) 18beta1", 18),
            ("15\n", 15), ("9.6\n", 9), ("", nil), ("postgres", nil),
        ] as [(String, Int?)])
    func `the major version is found`(_ text: String, _ major: Int?) {
        #expect(LocalCluster.Installation.majorVersion(text) == major)
    }

    @Test func `existing data gets the programs of its version, new data the preferred ones`() throws {
        let all = [17, 15, 14].map { LocalCluster.Installation(binDirectory: "/\($0)", major: $0) }
        #expect(try LocalCluster.Installation.choose(from: all, major: 14, directory: "/d") == all[2])
        #expect(try LocalCluster.Installation.choose(from: all, major: nil, directory: "/d") == all[0])
        #expect(throws: LocalCluster.Failure.wrongMajorVersion(directory: "/d", data: 16, installed: [14, 15, 17])) {
            try LocalCluster.Installation.choose(from: all, major: 16, directory: "/d")
        }
    }

    @Test(
        arguments: [
            ("/tmp/plinth-0-ab", "/tmp/plinth-0-ab"), ("my app", "'my app'"), ("", "''"), ("a'\\", "'a\\'\\\\'"),
        ])
    func `a value of a connection string is quoted where it must be`(_ value: String, _ quoted: String) {
        #expect(LocalCluster.Address.quoted(value) == quoted)
    }

    @Test func `the connection string names socket, port, user and database`() {
        let address = LocalCluster.Address(socket: .init(path: "/tmp/plinth-0-ab"), database: "plinth")
        #expect(
            address.connectionString(database: "plinth")
                == "host=/tmp/plinth-0-ab port=5432 user=plinth dbname=plinth")
    }

    @Test func `the socket fits the system's limit however long the data's path is`() {
        let path = String(repeating: "/directory", count: 100)
        let socket = LocalCluster.SocketDirectory(dataDirectory: path, user: .max)
        #expect("\(socket.path)/.s.PGSQL.5432".utf8.count <= 103)
        #expect(socket == LocalCluster.SocketDirectory(dataDirectory: path, user: .max))
        #expect(socket != LocalCluster.SocketDirectory(dataDirectory: path + "/", user: .max))
    }

    @Test func `a word is quoted for the shell, a name and a text for SQL`() {
        #expect(LocalCluster.Controller.shellQuoted("it's $HOME") == "'it'\\''s $HOME'")
        #expect(LocalCluster.AdminConnection.identifier("a\"b") == "\"a\"\"b\"")
        #expect(LocalCluster.AdminConnection.literal("a'b") == "'a''b'")
    }
}
