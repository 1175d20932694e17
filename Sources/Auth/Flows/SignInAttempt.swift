public import Core

/// Who wants to sign in, and on what; the password goes beside it.
public struct SignInAttempt: Sendable {
    public let email: EmailAddress
    /// What the person calls the device.
    public let deviceName: String?
    /// What the device was marked with at an earlier sign-in.
    public let device: DeviceToken?

    public init(email: EmailAddress, deviceName: String? = nil, device: DeviceToken? = nil) {
        self.email = email
        self.deviceName = deviceName
        self.device = device
    }
}
