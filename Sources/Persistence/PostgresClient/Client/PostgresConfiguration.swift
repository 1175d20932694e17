/// How to reach PostgreSQL, and within which limits.
public struct PostgresConfiguration: Sendable {
    /// A libpq connection string or URI of the primary; may name several hosts (`host=a,b`), tried in turn until one is
    /// writable.
    public var url: String
    /// The primary without a pooler between, for sessions, migrations and LISTEN; ``url`` when nil.
    public var directURL: String?
    /// A replica for reads that tolerate lag (``PostgresAccess/staleRead``); ``url`` when nil or while it is unreachable.
    public var replicaURL: String?
    /// Connections at most, to the primary and to the replica each. Each costs the server some 10 MB.
    public var poolSize: Int
    /// Of ``poolSize``, how many carry pipelined reads of many callers.
    public var sharedConnections: Int
    /// Statements that may wait for a connection; beyond it callers get ``PostgresError/queueFull``.
    public var queueLength: Int
    /// How long a caller waits for a connection before ``PostgresError/poolExhausted``.
    public var acquireTimeout: Duration
    /// How long one attempt to connect may take, name resolution and TLS included.
    public var connectTimeout: Duration
    /// A connection that has owed an answer for so long is given up. Must be longer than the server's
    /// `statement_timeout`, which is what ends a slow statement.
    public var silenceTimeout: Duration
    /// Behind PgBouncer in transaction mode: no named statements, and ``sessionSettings`` set in every transaction.
    public var isBehindTransactionPooler: Bool
    /// Run-time parameters every statement runs under, such as `("role", "app")`.
    public var sessionSettings: [(name: String, value: String)]
    /// libpq's `sslmode` where the URL has none, such as `verify-full`; nil leaves it to libpq (`prefer`).
    public var defaultTLSMode: String?

    /// Every limit at its default.
    public init(
        url: String, directURL: String? = nil, replicaURL: String? = nil, poolSize: Int = 10,
        sharedConnections: Int = 4, queueLength: Int = 2048, acquireTimeout: Duration = .seconds(2),
        connectTimeout: Duration = .seconds(3), silenceTimeout: Duration = .seconds(15),
        isBehindTransactionPooler: Bool = false, sessionSettings: [(name: String, value: String)] = [],
        defaultTLSMode: String? = nil
    ) {
        self.url = url
        self.directURL = directURL
        self.replicaURL = replicaURL
        self.poolSize = poolSize
        self.sharedConnections = sharedConnections
        self.queueLength = queueLength
        self.acquireTimeout = acquireTimeout
        self.connectTimeout = connectTimeout
        self.silenceTimeout = silenceTimeout
        self.isBehindTransactionPooler = isBehindTransactionPooler
        self.sessionSettings = sessionSettings
        self.defaultTLSMode = defaultTLSMode
    }

    func connector(to url: String, mustBeWritable: Bool, pooled: Bool) -> Connector {
        Connector(
            url: url, timeout: connectTimeout.nanoseconds,
            settings: isBehindTransactionPooler && pooled ? [] : sessionSettings,
            defaultTLSMode: defaultTLSMode, mustBeWritable: mustBeWritable)
    }

    /// For connections that no pooler may share.
    var directConnector: Connector { connector(to: directURL ?? url, mustBeWritable: true, pooled: false) }

    func pool(named name: String, url: String, isReplica: Bool = false) -> PoolConfiguration {
        var limits = PoolLimits()
        limits.connections = poolSize
        limits.sharedConnections = sharedConnections
        limits.queueLength = queueLength
        limits.acquire = acquireTimeout.nanoseconds
        // The primary answers for a replica that is gone, so nobody waits for it.
        if isReplica { limits.outage = 0 }
        return PoolConfiguration(
            name: name, connector: connector(to: url, mustBeWritable: !isReplica, pooled: true), limits: limits,
            namesStatements: !isBehindTransactionPooler, prelude: transactionPrelude,
            silence: silenceTimeout.nanoseconds)
    }

    /// What each transaction begins with, where the session can't be relied on.
    var transactionPrelude: [SQL] {
        guard isBehindTransactionPooler, !sessionSettings.isEmpty else { return [] }
        return [Connector.statement(for: sessionSettings, isLocal: true)]
    }
}

extension Duration {
    /// Whole nanoseconds; 0 for a negative duration.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max / 4 : min(whole + UInt64(attoseconds / 1_000_000_000), .max / 4)
    }
}
