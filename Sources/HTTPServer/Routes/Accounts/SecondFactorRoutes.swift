import API
import Auth
import Core
import Hummingbird
import QRCodes

/// The second factor of the own account.
struct SecondFactorRoutes: Sendable {
    let accounts: Accounts

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(SecondFactorEndpoints.totp, show)
        try binder.signedIn(SecondFactorEndpoints.startTOTP, start)
        try binder.signedIn(SecondFactorEndpoints.confirmTOTP, confirm)
        try binder.signedIn(SecondFactorEndpoints.removeTOTP, remove)
        try binder.signedIn(SecondFactorEndpoints.replaceRecoveryCodes, replaceRecoveryCodes)
    }

    @Sendable private func show(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<TOTPBody>> {
        let state = try await accounts.secondFactorState(of: principal)
        return Reply(OK(TOTPBody(enabledAt: state.enabledAt, recoveryCodesLeft: state.recoveryCodesLeft)))
    }

    @Sendable private func start(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<TOTPSetupBody>> {
        let shown: @Sendable (AuthenticatorSetup) throws -> Reply<OK<TOTPSetupBody>> = { setup in
            let picture = try QRCode(setup.otpauthURI).svg
            return Reply(
                OK(TOTPSetupBody(secret: setup.secret.base32, otpauthURI: setup.otpauthURI, qrSVG: picture)))
        }
        return try shown(
            try await accounts.startAuthenticator(of: principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func confirm(
        _ call: Call<Nothing, Nothing, TOTPConfirmRequest>, _ principal: Principal
    ) async throws -> Reply<OK<RecoveryCodesBody>> {
        Self.shown(
            try await accounts.confirmAuthenticator(
                of: principal, code: call.body.code.text, origin: call.origin, receipt: call.receipt(Self.shown)))
    }

    @Sendable private func remove(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.removeAuthenticator(of: principal, origin: call.origin)
        return Reply(NoContent())
    }

    @Sendable private func replaceRecoveryCodes(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<RecoveryCodesBody>> {
        Self.shown(
            try await accounts.replaceRecoveryCodes(
                of: principal, origin: call.origin, receipt: call.receipt(Self.shown)))
    }

    @Sendable private static func shown(_ codes: [RecoveryCode]) -> Reply<OK<RecoveryCodesBody>> {
        Reply(OK(RecoveryCodesBody(codes: codes.map(\.text))))
    }
}
