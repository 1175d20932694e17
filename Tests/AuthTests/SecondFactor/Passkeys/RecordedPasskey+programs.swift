/// Made by programs, with keys they drew at random.
extension RecordedPasskey {
    /// All of these.
    static let programs = [softwareToken, selfAttested, edDSA, edDSASelfAttested]

    /// soft-webauthn 0.1.4: ES256, no attestation, counts.
    static let softwareToken = RecordedPasskey(
        name: "softwareToken", relyingPartyID: "app.example.com",
        credentialID: "-8flfjwpfkFvOe-IChiPRWTpVlfTOdAkVJey3305328",
        userHandle: "YXV7vgCLFs5QXJpLF_4OPw",
        registrationChallenge: "khioJgJwCX-LEbjUhhRF9fl3amBddcsPgsCYnRjdY7E",
        registrationClientData: #"""
            {"type": "webauthn.create", "challenge": "khioJgJwCX-LEbjUhhRF9fl3amBddcsPgsCYnRjdY7E", "origin"\#
            : "https://app.example.com"}
            """#,
        attestationObject: """
            o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikKAWYKbEFHwTvAxGQZ8DOCeBSd2EokPjgh08djs4a4DRBAAAAAAAAAAAAAAAA\
            AAAAAAAAAAAAIPvH5X48KX5BbznviAoYj0Vk6VZX0znQJFSXst99Od9vpQECAyYgASFYIA9EDx-xumooDxhvoCxVN7Yb8QNM_u_x\
            vmCb5mMovmMlIlggLmS-C1lejtvHYtCffcepj0PO23JU2l9T41B_mMfSIHI
            """,
        assertionChallenge: "-1UwByBRc8bM3-NVLD4rH8ey0fPBlxQN91Di_4h_5Ik",
        assertionClientData: #"""
            {"type": "webauthn.get", "challenge": "-1UwByBRc8bM3-NVLD4rH8ey0fPBlxQN91Di_4h_5Ik", "origin": "\#
            https://app.example.com"}
            """#,
        authenticatorData: "KAWYKbEFHwTvAxGQZ8DOCeBSd2EokPjgh08djs4a4DQBAAAAAQ",
        signature: """
            MEQCICiJCvScqVRzeFLqkqabwynI-P3UkxOhwPRGp-IgCvIbAiAgwoVomdBZnTztmQHPmuRP40goJfTjV52IOSKyhQOFJQ
            """)

    /// python-fido2 1.2.0: ES256, attests itself, has extensions, checks the user, is backed up, counts.
    static let selfAttested = RecordedPasskey(
        name: "selfAttested", relyingPartyID: "app.example.com",
        credentialID: "xy1IvzEL2fw6Xg1eLtHygCKGeLkgZfKPasTiBQmWPylumXFHd_eEzlJsz5IbdU_HY-CdbtX_OAjTid-omjKYOA",
        userHandle: "EARPqCu-yRivFJMhq5QpiRACFWI4UzVeIHmuu5cIH_tmteUq_bcnoL9gwwhFA0OXjmd5tlEhkgZw3AwQ7kQx8Q",
        registrationChallenge: "qdHxsyS-aV2Wqmt93eRjAXmi2XwOzkKYefR0IQOPwf0",
        registrationClientData: #"""
            {"type":"webauthn.create","challenge":"qdHxsyS-aV2Wqmt93eRjAXmi2XwOzkKYefR0IQOPwf0","origin":"ht\#
            tps://app.example.com","crossOrigin":false}
            """#,
        attestationObject: """
            o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZyZjc2lnWEgwRgIhAMGE2SsbmzdB12rCHYKUDa33KSiG9CWtyxL69-e4Rm92AiEAxFl3\
            krleI2uekRF6o4TuFuTcU9DqSL58U0xVBHISDSRoYXV0aERhdGFY3ygFmCmxBR8E7wMRkGfAzgngUndhKJD44IdPHY7OGuA03QAA\
            AAUAAQIDBAUGBwgJCgsMDQ4PAEDHLUi_MQvZ_DpeDV4u0fKAIoZ4uSBl8o9qxOIFCZY_KW6ZcUd394TOUmzPkht1T8dj4J1u1f84\
            CNOJ36iaMpg4pQECAyYgASFYIN28Z84tLwmTbvYgltuG_3D9raQF3XvY5SmeS4IcqFPOIlgghb4F7uc-YiqwLSk7wC_baXBpGObu\
            NEThFEGW9zhDjn-ia2NyZWRQcm90ZWN0AmtobWFjLXNlY3JldPU
            """,
        assertionChallenge: "gTIMwxWY2_8ubyEeGk9GSnIeoLRVamFkxGIUFzokzCU",
        assertionClientData: #"""
            {"type":"webauthn.get","challenge":"gTIMwxWY2_8ubyEeGk9GSnIeoLRVamFkxGIUFzokzCU","origin":"https\#
            ://app.example.com","crossOrigin":false}
            """#,
        authenticatorData: """
            KAWYKbEFHwTvAxGQZ8DOCeBSd2EokPjgh08djs4a4DSdAAAABqFraG1hYy1zZWNyZXRYIBcM4AwWZzpwC2qlr2cp_8ijXqX36fqc\
            UoVWxpWblhDA
            """,
        signature: """
            MEQCIEkr_eMhj3ETfK6W111a70RI8-9CLwrkiaEJgSaw3ms8AiA0On_qwsnWniuKEfSaaJuIplXrb92CwlZ_zpjIfZ6m7Q
            """)

    /// pyca/cryptography 44 and cbor2 6.3, read back by python-fido2: EdDSA, no attestation, does not count.
    static let edDSA = RecordedPasskey(
        name: "edDSA", relyingPartyID: "app.example.com",
        credentialID: "T7OxFsKaGgaELwfchVj6ww",
        userHandle: "wyQ_qKv_nyNTLrcTxcBGdjWqhIC5L0fOTIfYHGzIMNA",
        registrationChallenge: "VO_UnKdFOgbzEO8T5mDVEHszcDqSlXdCCln24VjJsV8",
        registrationClientData: #"""
            {"type":"webauthn.create","challenge":"VO_UnKdFOgbzEO8T5mDVEHszcDqSlXdCCln24VjJsV8","origin":"ht\#
            tps://app.example.com","crossOrigin":false}
            """#,
        attestationObject: """
            o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVhxKAWYKbEFHwTvAxGQZ8DOCeBSd2EokPjgh08djs4a4DRNAAAAAHPrh0SnLaXX\
            Rw2sB6PeSk8AEE-zsRbCmhoGhC8H3IVY-sOkAQEDJyAGIVggUAygrMBanBBJTikwGIv90YVLtcnfw6zuevfOBivpbCA
            """,
        assertionChallenge: "Ha9ectnNK6qCiCDuQkgr30sNZFdKw4uo6Hz3d3GVYGY",
        assertionClientData: #"""
            {"type":"webauthn.get","challenge":"Ha9ectnNK6qCiCDuQkgr30sNZFdKw4uo6Hz3d3GVYGY","origin":"https\#
            ://app.example.com","crossOrigin":false}
            """#,
        authenticatorData: "KAWYKbEFHwTvAxGQZ8DOCeBSd2EokPjgh08djs4a4DQdAAAAAA",
        signature: "nes5_10NuKWOycCz8AiIHJDEom1NtsJYlX2IzD6pZcn6F6ea3Pz3mG8JHng96n-W1mMA9MNavCgnoU3kSXxRBg")

    /// As before; attests itself.
    static let edDSASelfAttested = RecordedPasskey(
        name: "edDSASelfAttested", relyingPartyID: "app.example.com",
        credentialID: "mOJBku0LBAiENCDxeuwLug",
        userHandle: "ds88rqrksRkboZ5hrqNDgnn2y0ALpkhzteaWkWh3ak4",
        registrationChallenge: "4fQx_kZZB_ip5IV2OFJuqdzIsLtXaEzSnCR9oxj0stU",
        registrationClientData: #"""
            {"type":"webauthn.create","challenge":"4fQx_kZZB_ip5IV2OFJuqdzIsLtXaEzSnCR9oxj0stU","origin":"ht\#
            tps://app.example.com","crossOrigin":false}
            """#,
        attestationObject: """
            o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZydjc2lnWEArF-dc5Ec3P-P43xQqS8BnnbItq52GZaNVLkXSXrUWHCiArb-uNqMHcsSZ\
            ETdMoeADOS-7ZZi6p4PuVl5SQPYBaGF1dGhEYXRhWHEoBZgpsQUfBO8DEZBnwM4J4FJ3YSiQ-OCHTx2OzhrgNE0AAAAAgop0mt4G\
            My3YumoAIBe1HwAQmOJBku0LBAiENCDxeuwLuqQBAQMnIAYhWCDd8vH6NPjenhTeq6M1EXiVXifc8LHw_maTocmjyO6MNw
            """,
        assertionChallenge: "Z2cMoacijuwNgfCtnLXxuYwDJnY3Sc0FeJ41YSxOu_w",
        assertionClientData: #"""
            {"type":"webauthn.get","challenge":"Z2cMoacijuwNgfCtnLXxuYwDJnY3Sc0FeJ41YSxOu_w","origin":"https\#
            ://app.example.com","crossOrigin":false}
            """#,
        authenticatorData: "KAWYKbEFHwTvAxGQZ8DOCeBSd2EokPjgh08djs4a4DQdAAAAAA",
        signature: "UsxFjaIO74wwW3GNMOvldVAUlyXJc9eTITycxGC3QDMx_hJK4WXagaLkryOOOlHayx7GTjTjxzGw0HIuuNv2Ag")
}
