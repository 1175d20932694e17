import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import Testing

@testable import HTTPServer

/// What can only be wrong in the program is found before the server starts.
struct BinderTests {
    @Test func `an endpoint that nothing was bound to stops the start by its name`() async throws {
        var binder = try await TestInstallation().binder
        #expect(throws: BindingError.endpointsWithoutHandler(["getLiveness", "getReadiness", "getDescription"])) {
            _ = try binder.routes(of: OperationsEndpoints.all)
        }
        try binder.open(OperationsEndpoints.live) { _ in Reply(OK(LivenessBody())) }
        #expect(throws: BindingError.endpointsWithoutHandler(["getReadiness", "getDescription"])) {
            _ = try binder.routes(of: OperationsEndpoints.all)
        }
        #expect(throws: Never.self) { _ = try binder.routes(of: [OperationsEndpoints.live]) }
    }

    @Test func `an endpoint for those who are signed in can't be bound for anybody, nor the other way round`()
        async throws
    {
        var binder = try await TestInstallation().binder
        #expect(throws: BindingError.protectedEndpointLeftOpen("getMe")) {
            try binder.open(UserEndpoints.me) { _ in throw CancellationError() }
        }
        #expect(throws: BindingError.openEndpointProtected("getLiveness")) {
            try binder.signedIn(OperationsEndpoints.live) { _, _ in Reply(OK(LivenessBody())) }
        }
        #expect(binder.routes.isEmpty)
    }

    @Test func `parameters of a path come percent-decoded, and what can't be decoded names nothing`() async throws {
        struct Parameters: Codable, Sendable {
            let name: TermsVersionText
        }
        let endpoint = Endpoint<Parameters, Nothing, Nothing, OK<TermsVersionText>>(
            .get, "/things/{name}", id: "getThing", tag: "test", summary: "A thing.", authentication: .none)
        let installation = try await TestInstallation()
        var binder = installation.binder
        try binder.open(endpoint) { call in Reply(OK(call.parameters.name)) }
        let responder = installation.pipeline(binder.routes)
        for (path, text) in [
            ("a%2Fb", #""a/b""#), ("%7Bid%7D", #""{id}""#), ("a+b", #""a+b""#), ("%zz", nil), ("%c3%28", nil),
            ("%20", nil),
        ] as [(String, String?)] {
            let answer = try await TestAPI.send(.get, "/things/\(path)", to: responder)
            #expect(answer.status == (text == nil ? 404 : 200), "\(path)")
            if let text { #expect(answer.text == text) }
        }
    }
}
