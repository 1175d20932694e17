import API
import Auth
import Core
import Hummingbird

/// Passkeys: making, using and removing them.
struct PasskeyRoutes: Sendable {
    let accounts: Accounts
    let cookies: CookieNames
    let time: TimeSource

    func bind(to binder: inout Binder) throws {
        try binder.open(PasskeyEndpoints.options, startSignIn)
        try binder.open(PasskeyEndpoints.verify, signIn)
        try binder.signedIn(PasskeyEndpoints.list, list)
        try binder.signedIn(PasskeyEndpoints.start, start)
        try binder.signedIn(PasskeyEndpoints.add, add)
        try binder.signedIn(PasskeyEndpoints.remove, remove)
    }

    @Sendable private func startSignIn(
        _ call: Call<Nothing, Nothing, Nothing>
    ) async throws -> Reply<OK<PasskeyRequestOptions>> {
        let wanted = try accounts.startPasskeyUse()
        return Reply(
            OK(
                PasskeyRequestOptions(
                    challenge: wanted.challenge, site: wanted.relyingParty.id,
                    timeout: Int(wanted.timeout / .milliseconds(1)))))
    }

    @Sendable private func signIn(
        _ call: Call<Nothing, Nothing, PasskeySignInRequest>
    ) async throws -> Reply<SignedIn> {
        let device = try cookies.device(of: call.request, named: call.body.deviceName)
        let reply = SignInReply(cookies: cookies, request: call.request, time: time)
        return reply.outcome(
            try await accounts.signIn(
                by: PasskeyAssertion(call.body.credential), on: device, origin: call.origin,
                receipt: call.receipt(reply.outcome)))
    }

    @Sendable private func list(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<PasskeyBody>>> {
        let passkeys = try await accounts.listPasskeys(of: principal)
        return Reply(OK(List(passkeys.map(PasskeyBody.init))))
    }

    @Sendable private func start(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<PasskeyCreationOptions>> {
        let wanted = try await accounts.startPasskey(of: principal)
        return Reply(
            OK(
                PasskeyCreationOptions(
                    site: (wanted.relyingParty.id, wanted.relyingParty.name), user: wanted.user,
                    handle: wanted.userHandle, challenge: wanted.challenge,
                    algorithms: PasskeyAlgorithm.allCases.map { Int($0.rawValue) },
                    timeout: Int(wanted.timeout / .milliseconds(1)),
                    excluding: wanted.existing)))
    }

    @Sendable private func add(
        _ call: Call<Nothing, Nothing, AddPasskeyRequest>, _ principal: Principal
    ) async throws -> Reply<Created<PasskeyBody>> {
        let response = call.body.credential.response
        let registration = PasskeyRegistration(
            clientDataJSON: response.clientDataJSON.bytes, attestationObject: response.attestationObject.bytes,
            transports: response.transports?.map(\.text) ?? [])
        let name = call.body.name?.text ?? DeviceDescription(userAgent: call.origin.userAgent ?? "")?.text ?? "Passkey"
        let path = PasskeyEndpoints.list.traits.path.description
        let made: @Sendable (Passkey) -> Reply<Created<PasskeyBody>> = { passkey in
            Reply(Created(PasskeyBody(passkey), location: "\(path)/\(passkey.id)"))
        }
        return made(
            try await accounts.addPasskey(
                registration, name: name, of: principal, origin: call.origin, receipt: call.receipt(made)))
    }

    @Sendable private func remove(
        _ call: Call<PasskeyParameters, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.removePasskey(call.parameters.id, of: principal, origin: call.origin)
        return Reply(NoContent())
    }
}

extension PasskeyAssertion {
    /// As a browser sent it.
    init(_ body: PasskeyUsedBody) {
        self.init(
            credentialID: body.rawID.bytes, clientDataJSON: body.response.clientDataJSON.bytes,
            authenticatorData: body.response.authenticatorData.bytes, signature: body.response.signature.bytes,
            userHandle: body.response.userHandle?.bytes)
    }
}
