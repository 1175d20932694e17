import Core
import Persistence
import PostgresClient

struct PostgresStatisticsRepository: StatisticsRepository {
    /// What is read of the accounts at most; where they take more, a part that is chosen by chance stands for them.
    private static let sampledBlocks = 500  // of 8 KiB, some 10,000 accounts

    let runner: any StatementRunner

    func counts(at time: Timestamp) async throws -> InstallationCounts {
        let results = try await runner.run([Self.sample(at: time), Self.rest(at: time)], access: .read)
        let sample = try results.first?.firstValue { columns throws(PostgresDecodingError) in
            Sample(
                percent: try columns.next(), accounts: try columns.next(), day: try columns.next(),
                week: try columns.next(), month: try columns.next())
        }
        let counts = try results.last?.firstValue { columns throws(PostgresDecodingError) in
            let exact: [Int] = [try columns.next(), try columns.next(), try columns.next(), try columns.next()]
            return exact
        }
        guard let sample, let counts, counts.count == 4 else { throw DatabaseError.unexpected(code: "no counts") }
        return InstallationCounts(
            accounts: sample.all(sample.accounts), seenWithinDay: sample.all(sample.day),
            seenWithinWeek: sample.all(sample.week), seenWithinMonth: sample.all(sample.month),
            isEstimate: sample.percent < 100, suspended: counts[0], pendingDeletion: counts[1],
            waitingJobs: counts[2], parkedJobs: counts[3])
    }

    /// What was found in a part of the accounts.
    private struct Sample {
        let percent: Double
        let accounts: Int
        let day: Int
        let week: Int
        let month: Int

        /// As many as there are in all of them.
        func all(_ found: Int) -> Int { Int((Double(found) * 100 / max(percent, 1e-6)).rounded()) }
    }

    /// The part is the same as long as the table has its size, so that numbers don't jump from one call to the next.
    private static func sample(at time: Timestamp) -> SQL {
        let seen = InstallationCounts.windows.map { window -> SQL in
            "count(*) filter (where seen_at > \(time - window))"
        }
        return """
            with part as (
                select least(100, 100.0 * \(Int64(sampledBlocks)) * current_setting('block_size')::bigint
                    / greatest(pg_relation_size('users'), 1))::real as percent
            ), seen as materialized (
                select \(unescaped: AccountOverview.lastSeenAt) as seen_at
                from users tablesample system ((select percent from part)) repeatable (0)
                where \(sql: PostgresUserRepository.isKept(at: time))
            )
            select (select percent::double precision from part), count(*), \(sql: seen[0]), \(sql: seen[1]),
                \(sql: seen[2])
            from seen
            """
    }

    /// What an index tells, counted to ``InstallationCounts/most``.
    private static func rest(at time: Timestamp) -> SQL {
        let accounts = ["suspended_at", "deleted_at"].map { column -> SQL in
            """
            users
            where \(unescaped: column) is not null and created_at <= \(time)
                and \(sql: PostgresUserRepository.isKept(at: time))
            order by created_at desc
            """
        }
        let jobs = [JobState.available, .parked].map { state -> SQL in
            "jobs where state = \(state) order by created_at desc"
        }
        let counts = (accounts + jobs).map { source -> SQL in
            "(select count(*) from (select from \(sql: source) limit \(Int64(InstallationCounts.most))) as counted)"
        }
        return "select \(sql: counts[0]), \(sql: counts[1]), \(sql: counts[2]), \(sql: counts[3])"
    }
}
