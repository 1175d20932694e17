import PostgresClient
import Testing

struct SQLTests {
    @Test func `every value becomes a bind`() {
        let name = "'; drop table users; --"
        let statement: SQL = "select \(1) where name = \(name)"
        #expect(statement.text == "select $1 where name = $2")
    }

    @Test func `a spliced statement brings its binds along`() {
        let condition: SQL = "a = \(1) and b = \("x")"
        let statement: SQL = "select \(true) where \(sql: condition) and c = \(2)"
        #expect(statement.text == "select $1 where a = $2 and b = $3 and c = $4")
    }

    @Test func `only trusted text is spliced as it is`() {
        let columns = "id, name"
        let statement: SQL = "select \(unescaped: columns) from t"
        #expect(statement.text == "select id, name from t")
    }
}
