import Core
import PostgresClient

extension PageRequest {
    /// `and (created_at, id) < …` for any page but the first.
    var afterCondition: SQL {
        guard let after else { return "" }
        return "and (created_at, id) < (\(after.time), \(PostgresUUID(high: after.high, low: after.low)))"
    }

    /// Latest first, and one row more than the page holds, which tells whether there is another page.
    var order: SQL {
        "order by created_at desc, id desc limit \(limit + 1)"
    }
}
