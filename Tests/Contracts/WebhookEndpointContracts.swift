public import Core
import Fakes
import Persistence
import Testing

extension WebhookEndpoint {
    /// At an address of its own.
    public static func sample(
        _ context: ContractContext, of team: Core.ID<Team>, subscription: WebhookSubscription = .everything,
        pause: Pause? = nil, failingSince: Timestamp? = nil
    ) throws -> WebhookEndpoint {
        let id = context.makeID(of: WebhookEndpoint.self)
        return WebhookEndpoint(
            id: id, teamID: team, url: try WebhookURL(parsing: "https://\(id).example/hook?a=b", reach: .publicOnly),
            name: "Ours", subscription: subscription, pause: pause, failingSince: failingSince, createdAt: context.now,
            updatedAt: context.now)
    }
}

extension ContractContext {
    /// Stores a sample.
    func addEndpoint(
        of team: ID<Team>, subscription: WebhookSubscription = .everything, pause: WebhookEndpoint.Pause? = nil,
        failingSince: Timestamp? = nil
    ) async throws -> WebhookEndpoint {
        let endpoint = try WebhookEndpoint.sample(
            self, of: team, subscription: subscription, pause: pause, failingSince: failingSince)
        #expect(
            try await system.webhookEndpoints.insert(endpoint, sealedSecret: makeHash(), unlessThereAre: .max))
        return endpoint
    }
}

extension Contracts {
    private static let refused = DatabaseError.unexpected(code: "42501")

    static let webhookEndpoints: [Contract] = [
        Contract("an endpoint is found by its team as it was written") { context async throws in
            let ada = try await context.addUser()
            let (team, other) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            let endpoints = context.system.webhookEndpoints
            for (subscription, pause) in [
                (WebhookSubscription.everything, WebhookEndpoint.Pause?.none),
                (.only([.teamDeleted, .memberAdded]), .requested), (.everything, .failing), (.everything, .gone),
            ] {
                let endpoint = try await context.addEndpoint(
                    of: team, subscription: subscription, pause: pause, failingSince: context.now)
                #expect(try await endpoints.find(endpoint.id, of: team) == endpoint)
                #expect(try await endpoints.find(endpoint.id, of: other) == nil)
            }
        },
        Contract("endpoints are listed latest first") { context async throws in
            let ada = try await context.addUser()
            let (team, other) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            var written: [WebhookEndpoint] = []
            for _ in 0..<5 {
                written.insert(try await context.addEndpoint(of: team), at: 0)
                context.time.advance(by: .seconds(1))
            }
            _ = try await context.addEndpoint(of: other)
            let expected = written
            try await expectPages(of: expected) { page in
                try await context.system.webhookEndpoints.list(of: team, page: page)
            }
        },
        Contract("of endpoints added at once none goes past the limit, each team has its own") {
            context async throws in
            let ada = try await context.addUser()
            let (team, other) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            _ = try await context.addEndpoint(of: other)
            let samples = try (0..<12).map { _ in try WebhookEndpoint.sample(context, of: team) }
            let results = await race(samples.count) { number in
                try await context.database.scoped(.team(team, ada.id)).webhookEndpoints
                    .insert(samples[number], sealedSecret: [1], unlessThereAre: 5)
            }
            #expect(try results.trues() == 5)
            let page = PageRequest(limit: 100)
            #expect(try await context.system.webhookEndpoints.list(of: team, page: page).items.count == 5)
        },
        Contract("an endpoint is changed in the version that was read") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoints = context.system.webhookEndpoints
            var endpoint = try await context.addEndpoint(of: team)
            endpoint.url = try WebhookURL(parsing: "https://b.example:8443/", reach: .publicOnly)
            endpoint.name = ""
            endpoint.subscription = .only([.apiKeyCreated])
            endpoint.pause = .requested
            endpoint.updatedAt = context.now + .seconds(1)
            let updated = try await endpoints.update(endpoint)
            #expect(updated.version == 2)
            endpoint.version = 2
            #expect(updated == endpoint)
            #expect(try await endpoints.find(endpoint.id, of: team) == endpoint)
            endpoint.version = 1
            let stale = endpoint
            await #expect(throws: DatabaseError.versionConflict) { _ = try await endpoints.update(stale) }
            let unknown = try WebhookEndpoint.sample(context, of: team)
            await #expect(throws: DatabaseError.notFound) { _ = try await endpoints.update(unknown) }
        },
        Contract("a pause that ends forgets since when the endpoint failed, and nothing else does") {
            context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoints = context.system.webhookEndpoints
            var endpoint = try await context.addEndpoint(of: team, failingSince: context.now)
            endpoint.name = "Other"
            endpoint.failingSince = nil
            endpoint = try await endpoints.update(endpoint)
            #expect(endpoint.failingSince == context.now)
            endpoint.pause = .requested
            endpoint = try await endpoints.update(endpoint)
            #expect(endpoint.failingSince == context.now)
            endpoint.pause = nil
            endpoint = try await endpoints.update(endpoint)
            #expect(endpoint.failingSince == nil)
        },
        Contract("a failure is noted once and forgotten with a success") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoints = context.system.webhookEndpoints
            let endpoint = try await context.addEndpoint(of: team)
            let first = context.now
            for _ in 0..<2 {
                try await endpoints.noteFailure(of: endpoint.id, in: team, at: context.now)
                context.time.advance(by: .hours(1))
            }
            #expect(try await endpoints.find(endpoint.id, of: team)?.failingSince == first)
            try await endpoints.noteSuccess(of: endpoint.id, in: team)
            #expect(try await endpoints.find(endpoint.id, of: team) == endpoint)
        },
        Contract("an endpoint is paused once, if it has failed for long enough") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let (endpoints, now) = (context.system.webhookEndpoints, context.now)
            let well = try await context.addEndpoint(of: team)
            let failing = try await context.addEndpoint(of: team, failingSince: now)
            let early = now - .microseconds(1)
            #expect(
                try await endpoints.pause(well.id, of: team, as: .failing, failingBefore: now, at: now) == false)
            #expect(
                try await endpoints.pause(failing.id, of: team, as: .failing, failingBefore: early, at: now) == false)
            let results = await race(8) { _ in
                try await endpoints.pause(failing.id, of: team, as: .failing, failingBefore: now, at: now)
            }
            #expect(try results.trues() == 1)
            #expect(try await endpoints.pause(well.id, of: team, as: .gone, failingBefore: nil, at: now))
            #expect(try await endpoints.find(failing.id, of: team)?.pause == .failing)
            #expect(try await endpoints.find(well.id, of: team)?.pause == .gone)
            #expect(try await endpoints.find(well.id, of: team)?.version == 2)
        },
        Contract("a rotated secret stays for a while, or goes at once") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoints = context.system.webhookEndpoints
            let endpoint = try WebhookEndpoint.sample(context, of: team)
            #expect(try await endpoints.insert(endpoint, sealedSecret: [1], unlessThereAre: 1))
            let until = context.now + .hours(1)
            #expect(
                try await endpoints.rotateSecret(
                    of: endpoint.id, in: team, to: [2], formerUntil: until, at: context.now))
            let row = try #require(try await endpoints.secrets(after: nil, limit: 9).first)
            #expect(row.endpointID == endpoint.id && row.teamID == team)
            #expect(row.secrets == SealedWebhookSecrets(current: [2], former: .init(sealed: [1], until: until)))
            #expect(
                try await endpoints.rotateSecret(of: endpoint.id, in: team, to: [3], formerUntil: nil, at: context.now))
            #expect(
                try await endpoints.secrets(after: nil, limit: 9).map(\.secrets) == [SealedWebhookSecrets(current: [3])]
            )
            #expect(
                try await endpoints.rotateSecret(
                    of: context.makeID(), in: team, to: [3], formerUntil: nil, at: context.now) == false)
        },
        Contract("secrets are sealed anew in order, each only where it is still the same") { context async throws in
            let ada = try await context.addUser()
            let endpoints = context.system.webhookEndpoints
            for _ in 0..<2 {
                let team = try await context.addTeamID(of: ada)
                for _ in 0..<2 { _ = try await context.addEndpoint(of: team) }
            }
            let all = try await endpoints.secrets(after: nil, limit: 9)
            #expect(all.count == 4)
            #expect(zip(all, all.dropFirst()).allSatisfy { ($0.teamID, $0.endpointID) < ($1.teamID, $1.endpointID) })
            #expect(try await endpoints.secrets(after: nil, limit: 2) == Array(all.prefix(2)))
            #expect(try await endpoints.secrets(after: all[1], limit: 9) == Array(all.suffix(2)))
            let new = SealedWebhookSecrets(current: [7], former: .init(sealed: [8], until: context.now))
            #expect(try await endpoints.resealSecrets(from: all[2], to: new))
            #expect(try await endpoints.resealSecrets(from: all[2], to: new) == false)
            #expect(try await endpoints.secrets(after: all[1], limit: 1).map(\.secrets) == [new])
        },
        Contract("another team's endpoints are not there, a person has none") { context async throws in
            let ada = try await context.addUser()
            let (team, other) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            let endpoint = try await context.addEndpoint(of: team)
            for scope in [Scope.team(other, ada.id), .user(ada.id)] {
                let endpoints = context.database.scoped(scope).webhookEndpoints
                #expect(try await endpoints.find(endpoint.id, of: team) == nil)
                #expect(try await endpoints.list(of: team, page: PageRequest()).items.isEmpty)
                #expect(try await endpoints.secrets(after: nil, limit: 9).isEmpty)
                #expect(try await endpoints.remove(endpoint.id, of: team) == false)
                await #expect(throws: DatabaseError.notFound) { _ = try await endpoints.update(endpoint) }
                let foreign = try WebhookEndpoint.sample(context, of: team)
                await #expect(throws: refused) {
                    _ = try await endpoints.insert(foreign, sealedSecret: [1], unlessThereAre: 9)
                }
            }
            let own = context.database.scoped(.team(team, ada.id)).webhookEndpoints
            #expect(try await own.find(endpoint.id, of: team) == endpoint)
            #expect(try await own.remove(endpoint.id, of: team))
            #expect(try await own.remove(endpoint.id, of: team) == false)
        },
    ]
}
