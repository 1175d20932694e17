import Core
import PostgresClient

extension Job {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        jobs.id, jobs.name, jobs.queue, jobs.priority, jobs.parameters, jobs.run_at, jobs.unique_key, \
        jobs.max_attempts, jobs.created_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            name: try columns.next(),
            queue: try columns.next(),
            priority: try columns.next(),
            parameters: try columns.next(PostgresJSON.self).bytes,
            runAt: try columns.next(),
            uniqueKey: try columns.next(),
            maxAttempts: try columns.next(),
            createdAt: try columns.next())
    }
}

extension JobRecord {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "\(Job.columns), jobs.state, jobs.attempts, jobs.last_error, jobs.finished_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            job: try Job(columns: &columns),
            state: try columns.next(),
            attempts: try columns.next(),
            lastError: try columns.next(),
            finishedAt: try columns.next())
    }
}
