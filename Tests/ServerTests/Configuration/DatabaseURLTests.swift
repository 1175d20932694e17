import Testing

@testable import Server

struct DatabaseURLTests {
    @Test(arguments: [
        ("postgresql://u:p@db.example.com:5432/app", "postgresql://u:p@db.example.com:5432/app?sslmode=verify-full"),
        ("postgres://db/app?connect_timeout=3", "postgres://db/app?connect_timeout=3&sslmode=verify-full"),
        ("postgresql://db/app?sslmode=require", "postgresql://db/app?sslmode=require"),
        ("postgresql://localhost/app", "postgresql://localhost/app"),
        ("postgresql://u@127.0.0.1:6432/app", "postgresql://u@127.0.0.1:6432/app"),
        ("postgresql://u@[::1]:5432/app", "postgresql://u@[::1]:5432/app"),
        ("postgresql:///app", "postgresql:///app"),
        ("postgresql:///app?host=/run/postgresql", "postgresql:///app?host=/run/postgresql"),
        ("postgresql://%2Frun%2Fpostgresql/app", "postgresql://%2Frun%2Fpostgresql/app"),
        ("postgresql:///app?host=db", "postgresql:///app?host=db&sslmode=verify-full"),
        ("postgresql://localhost,db/app", "postgresql://localhost,db/app?sslmode=verify-full"),
        ("postgresql://127.0.0.1.example.com/app", "postgresql://127.0.0.1.example.com/app?sslmode=verify-full"),
        ("postgresql://u:p%40localhost@db/app", "postgresql://u:p%40localhost@db/app?sslmode=verify-full"),
        ("host=db dbname=app", "host=db dbname=app sslmode=verify-full"),
        ("host='/run/postgresql' dbname=app", "host='/run/postgresql' dbname=app"),
        ("host=db sslmode=verify-ca", "host=db sslmode=verify-ca"),
        ("dbname=app", "dbname=app"),
        ("service=app", "service=app sslmode=verify-full"),
    ])
    func `only what leaves this machine and says nothing gets strict TLS`(_ text: String, _ strict: String) {
        #expect(DatabaseURL(text)?.withStrictTLS == strict)
    }

    @Test(arguments: ["", "app", "mysql://db/app", "https://db?a=b"])
    func `other texts are no connection strings`(_ text: String) {
        #expect(DatabaseURL(text) == nil)
    }
}
