import Core
import Persistence

struct InMemorySessions: SessionRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ session: Session, refresh: RefreshState) async throws {
        try await access.write { tables in
            try Scope.require(scope.sees(session.userID))
            try session.checkConstraints()
            try refresh.checkConstraints()
            guard tables.sessions[session.id] == nil else { throw DatabaseError.duplicate(.sessionID) }
            for user in [session.userID, session.impersonatorID].compactMap({ $0 }) {
                guard tables.users[user] != nil else { throw DatabaseError.foreignKeyViolation }
            }
            tables.sessions[session.id] = SessionRow(session: session, refresh: refresh)
        }
    }

    func authenticate(_ id: ID<Session>) async throws -> (session: Session, user: User)? {
        try await access.read { tables in
            guard let session = row(id, in: tables)?.session, scope.sees(session.userID),
                let user = tables.users[session.userID]?.user
            else { return nil }
            return (session, user)
        }
    }

    func rotate(
        _ id: ID<Session>, presented: [UInt8], successor: [UInt8], sealedSuccessor: [UInt8], at time: Timestamp,
        idleExpiresAt: Timestamp
    ) async throws -> Session? {
        try await access.write { tables in
            guard var row = row(id, in: tables), row.refresh.hash == presented, row.session.isLive(at: time)
            else { return nil }
            try Scope.require(scope.sees(row.session.userID))
            try Digest.check(successor)
            row.refresh = RefreshState(
                hash: successor, generation: row.refresh.generation &+ 1, parentHash: presented,
                sealedSuccessor: sealedSuccessor, rotatedAt: time)
            row.session = row.session.changed(idleExpiresAt: idleExpiresAt)
            tables.sessions[id] = row
            return row.session
        }
    }

    func refreshState(of id: ID<Session>) async throws -> (session: Session, refresh: RefreshState)? {
        try await access.read { tables in row(id, in: tables).map { ($0.session, $0.refresh) } }
    }

    func eraseSealedSuccessors(rotatedBefore time: Timestamp) async throws -> Int {
        try await access.write { tables in
            let erased = tables.sessions.values.filter { row in
                scope.sees(row.session) && row.refresh.sealedSuccessor != nil
                    && row.refresh.rotatedAt.map { $0 < time } ?? false
            }
            try Scope.require(erased.allSatisfy { scope.sees($0.session.userID) })
            for row in erased { tables.sessions[row.session.id]?.refresh.sealedSuccessor = nil }
            return erased.count
        }
    }

    func list(of user: ID<User>, liveAt time: Timestamp, page: PageRequest) async throws -> Page<Session> {
        try await access.read { tables in
            .latestFirst(live(at: time, in: tables) { $0.userID == user }, page) {
                Cursor(time: $0.createdAt, id: $0.id)
            }
        }
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<Session> {
        try await access.read { tables in
            let sessions = tables.sessions.values.map(\.session).filter { $0.userID == user && scope.sees(user) }
            return .latestFirst(sessions, page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func remove(expiredBefore time: Timestamp) async throws -> Int {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            let old = tables.sessions.values.map(\.session).filter { $0.expiresAt < time }
            for session in old { tables.sessions[session.id] = nil }
            return old.count
        }
    }

    func touch(_ id: ID<Session>, at time: Timestamp, interval: Duration) async throws {
        try await access.write { tables in
            guard let session = row(id, in: tables)?.session, session.lastSeenAt < time - interval else { return }
            try Scope.require(scope.sees(session.userID))
            tables.sessions[id]?.session = session.changed(lastSeenAt: time)
        }
    }

    func renewAuthentication(_ id: ID<Session>, of user: ID<User>, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard let session = row(id, in: tables)?.session, session.userID == user, session.isLive(at: time)
            else { return false }
            try Scope.require(scope.sees(user))
            tables.sessions[id]?.session = session.changed(authenticatedAt: time)
            return true
        }
    }

    func revoke(
        _ id: ID<Session>, of user: ID<User>, reason: RevocationReason, at time: Timestamp
    ) async throws -> Bool {
        try await access.write { tables in
            let own = live(at: time, in: tables) { $0.id == id && $0.userID == user }
            end(own + live(at: time, in: tables) { $0.impersonatorID == user }, at: time, in: &tables)
            return !own.isEmpty
        }
    }

    func revokeAll(
        of user: ID<User>, except kept: ID<Session>?, reason: RevocationReason, at time: Timestamp
    ) async throws -> [ID<Session>] {
        try await access.write { tables in
            let own = live(at: time, in: tables) { $0.userID == user && $0.id != kept }
            end(own + live(at: time, in: tables) { $0.impersonatorID == user }, at: time, in: &tables)
            return own.map(\.id)
        }
    }

    private func row(_ id: ID<Session>, in tables: Tables) -> SessionRow? {
        tables.sessions[id].flatMap { scope.sees($0.session) ? $0 : nil }
    }

    private func live(
        at time: Timestamp, in tables: Tables, where isMeant: (Session) -> Bool
    ) -> [Session] {
        tables.sessions.values.map(\.session).filter { scope.sees($0) && $0.isLive(at: time) && isMeant($0) }
    }

    private func end(_ sessions: [Session], at time: Timestamp, in tables: inout Tables) {
        for session in sessions {
            tables.sessions[session.id]?.session = session.changed(revokedAt: time)
            tables.touched.insert(session.userID)
        }
    }
}

extension Session {
    fileprivate func changed(
        lastSeenAt: Timestamp? = nil, authenticatedAt: Timestamp? = nil, idleExpiresAt: Timestamp? = nil,
        revokedAt: Timestamp? = nil
    ) -> Session {
        Session(
            id: id, userID: userID, impersonatorID: impersonatorID, deviceName: deviceName, userAgent: userAgent,
            ip: ip, createdAt: createdAt, lastSeenAt: lastSeenAt ?? self.lastSeenAt,
            authenticatedAt: authenticatedAt ?? self.authenticatedAt,
            idleExpiresAt: idleExpiresAt ?? self.idleExpiresAt, expiresAt: expiresAt,
            revokedAt: revokedAt ?? self.revokedAt)
    }
}
