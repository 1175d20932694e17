import Hummingbird
import NIOCore
import Testing

@testable import HTTPServer

struct ShutdownTests {
    private static let get = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let quickPhases = ShutdownPhases(cancelAfter: .milliseconds(500), exitAfter: .seconds(30))

    @Test func `phases begin at their time and only ever move forward`() {
        let phases = ShutdownPhases(delay: .seconds(5))
        #expect(phases.phase(after: .zero) == .draining)
        #expect(phases.phase(after: .seconds(4)) == .draining)
        #expect(phases.phase(after: .seconds(5)) == .ending)
        #expect(phases.phase(after: .seconds(20)) == .cancelling)
        #expect(phases.phase(after: .seconds(25)) == .exiting)
        #expect(ShutdownPhases(delay: .seconds(60)).delay == .seconds(20))

        let state = ShutdownState()
        state.advance(to: .cancelling)
        state.beginDraining()
        #expect(state.phase == .cancelling)
    }

    @Test func `a phase can be waited for, and the waiting cancelled`() async {
        let state = ShutdownState()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await state.reached(.ending) }
            group.addTask { await state.reached(.draining) }
            await Task.yield()
            state.advance(to: .ending)
            await group.waitForAll()
            group.addTask { await state.reached(.exiting) }
            group.cancelAll()
        }
        await state.reached(.serving)
    }

    @Test func `while draining every response is its connection's last`() async throws {
        try await GuardedServer.run(limits: .patient) { server in
            let connection = try server.connect()
            try await connection.send(Self.get)
            let before = await connection.receive { $0.hasSuffix(GuardedServer.end) }
            #expect(!before.contains("Connection: close"))

            server.shutdown.beginDraining()
            try await connection.send(Self.get)
            let after = try #require(await connection.receiveToEnd())
            #expect(after.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(after.contains("\r\nConnection: close\r\n"))
            #expect(try await server.exchange(Self.get)?.contains("\r\nConnection: close\r\n") == true)
        }
    }

    @Test func `the delay passes before the listener closes`() async throws {
        let phases = ShutdownPhases(
            delay: .seconds(3), cancelAfter: .seconds(6), exitAfter: .seconds(30))
        try await GuardedServer.run(limits: .patient, phases: phases) { server in
            await server.stop()
            await server.shutdown.reached(.draining)
            let answer = try await server.exchange(Self.get)
            #expect(answer?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
            await server.shutdown.reached(.ending)
        }
    }

    @Test func `unused and idle connections close at once, a request under way is answered first`() async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (release, releaser) = AsyncStream.makeStream(of: Void.self)
        try await GuardedServer.run(limits: .patient) { router in
            router.get("slow") { _, _ in
                begin.finish()
                for await _ in release {}
                return "done" + GuardedServer.end
            }
        } _: { server in
            let unused = try server.connect()
            let halfSaid = try server.connect()
            try await halfSaid.send("GET /ok HT")
            let idle = try server.connect()
            try await idle.send(Self.get)
            _ = await idle.receive { $0.hasSuffix(GuardedServer.end) }
            let busy = try server.connect()
            try await busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in began {}

            await server.stop()
            #expect(await unused.receiveToEnd() == "")
            #expect(await halfSaid.receiveToEnd() == "")
            #expect(await idle.receiveToEnd() == "")
            releaser.finish()
            let answer = try #require(await busy.receiveToEnd())
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(answer.hasSuffix("done\(GuardedServer.end)"))
        }
    }

    @Test func `whatever is still running is cancelled and closed when its time comes`() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        try await GuardedServer.run(limits: .patient, phases: Self.quickPhases) { router in
            router.get("forever") { _, _ in
                begin.finish()
                await untilCancelled()
                end.finish()
                return "late"
            }
            router.get("large") { _, _ in
                Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(repeating: 0x61, count: 32 << 20)))
            }
        } _: { server in
            let slowBody = try server.connect()
            try await slowBody.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
            let stalled = try server.connect(receiveBuffer: 4096)
            try await stalled.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            let forever = try server.connect()
            try await forever.send("GET /forever HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in began {}

            await server.stop()
            for await _ in ended {}
            #expect(server.shutdown.phase == .cancelling)
            #expect(await slowBody.receiveToEnd() == "")
            #expect(await forever.receiveToEnd() == "")
            #expect(await stalled.receiveCount() < 32 << 20)
        }
    }

    @Test func `the exit comes at its time even when the services never end`() async {
        let (exited, exit) = AsyncStream.makeStream(of: Void.self)
        let service = ShutdownService(
            state: ShutdownState(),
            phases: ShutdownPhases(cancelAfter: .milliseconds(10), exitAfter: .milliseconds(20)),
            registry: ConnectionRegistry(),
            exit: { exit.finish() })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await service.run() }
            group.cancelAll()
        }
        for await _ in exited {}
        service.finished()
    }
}
